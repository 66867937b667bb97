"""The styles of the page behind a guest link: those of a shared link, and of forms."""

from careapp.api.shared_look import STYLE, hash_of

GUEST_STYLE = STYLE + (
    "h2{font-size:20px;line-height:1.3;margin:0 0 12px}article{padding:16px;overflow-wrap:anywhere}"
    "article>:last-child{margin-bottom:0}p{margin:0 0 12px}form{margin:0}"
    "label,legend{display:block;font-weight:600;margin:0 0 4px;padding:0}fieldset{border:0;margin:0 0 16px;padding:0}"
    "input,textarea{font:inherit;color:inherit;background:#fff;border:1px solid #7d888d;border-radius:12px;"
    "box-sizing:border-box;width:100%;min-height:52px;padding:12px;margin:0 0 16px}"
    ".pin{font-size:28px;letter-spacing:.2em;max-width:12em}"
    ".slot{display:flex;align-items:center;gap:12px;min-height:52px;box-sizing:border-box;font-weight:400;"
    "margin:0 0 8px;padding:8px 12px;border:1px solid #e6dfd3;border-radius:12px}"
    ".slot input{flex:none;width:24px;min-height:24px;height:24px;margin:0;accent-color:#0e5a5a}"
    "button,.button{font:inherit;font-weight:600;display:block;box-sizing:border-box;width:100%;min-height:52px;"
    "padding:12px 20px;border:0;border-radius:14px;background:#0e5a5a;color:#fff;text-align:center;"
    "text-decoration:none;cursor:pointer}.plain{background:#efe9de;color:#1e2a2e}"
    ".button{margin:0 0 12px}summary{padding:12px 0;line-height:1.35;font-weight:600;color:#0e5a5a;cursor:pointer}"
    "details form{padding-top:8px}.quiet{color:#55636a;font-size:16px}.note{background:#f7ecd8;border-radius:12px;"
    "padding:12px;margin:0 0 12px}.note p:last-child{margin:0}.button span{display:block;font-weight:400}"
    ".mine{font-size:22px;font-weight:700;line-height:1.3}"
    ".wrong{color:#8f4708;font-weight:600;margin:0 0 8px}"
    "input:focus-visible,textarea:focus-visible,button:focus-visible,a:focus-visible,summary:focus-visible{"
    "outline:3px solid #0e5a5a;outline-offset:2px}"
    "@media(prefers-color-scheme:dark){input,textarea{background:#14191b;border-color:#8b979b}"
    ".slot{border-color:#3a4448}button,.button{background:#8fd0c8;color:#102a2a}"
    ".plain{background:#2b3438;color:#ece7df}summary{color:#8fd0c8}.quiet{color:#a9b4b8}.note{background:#3a2f1b}"
    ".wrong{color:#f2b27a}.slot input{accent-color:#8fd0c8}"
    "input:focus-visible,textarea:focus-visible,button:focus-visible,a:focus-visible,summary:focus-visible{"
    "outline-color:#8fd0c8}}"
)
GUEST_STYLE_HASH = hash_of(GUEST_STYLE)
