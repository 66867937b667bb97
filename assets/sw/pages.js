/* Opening a page: from the device when it has been seen, else from the network, else its empty shell. */

/* global SHELLS, SHADOW_SCRIPT */

import { keptView } from "../js/seen.js";
import { fileOf, shellFor } from "./files.js";
import { lastSite } from "./views.js";

const PATIENCE = 2500;
const HOME = "/today";
/* Pages that are no site's, as the tests compare with the registry of pages. */
const OF_NO_SITE = new Set(
  "/ /account /code /code-sent /door /forgot /install /invited /join /new-password /notifications /received /register /sign-in /sites /start /video-check /welcome".split(" "),
);
const STYLE_PRELOAD = /<link as="style"[^>]*>/;
const STYLESHEET = /<link [^>]*href="(\/assets\/[^"]+\.css)"[^>]*>/;
const NOT_COPIED = ["content-encoding", "content-length", "etag", "last-modified"];

export function openPage(request, url) {
  const [, site] = url.pathname.match(/^\/s\/([^/]+)\/?$/) ?? [];
  if (site) return network(request).catch(() => Response.redirect(`${HOME}?site=${site}`));
  const route = url.pathname.replace(/(.)\/+$/, "$1");
  return route in SHELLS ? open(request, url, route) : undefined;
}

async function open(request, url, route) {
  const kept = await keptView(url.href).catch(() => null);
  if (kept) return filled(await shellFor(route), kept);
  const site = !url.searchParams.get("site") && !OF_NO_SITE.has(route) && (await lastSite(route));
  if (site) return Response.redirect(`${route}?${new URLSearchParams([...url.searchParams, ["site", site]])}`);
  return (await inTime(network(request))) ?? (await home(route)) ?? (await shellFor(route)) ?? network(request);
}

/* Signed in and without a network, the way in leads home. */
async function home(route) {
  const site = route === "/" && (await lastSite(HOME));
  return site ? Response.redirect(`${HOME}?site=${encodeURIComponent(site)}`) : undefined;
}

async function network(request) {
  const answer = await fetch(request);
  if (answer.status >= 502) throw new Error("the server is away");
  return answer;
}

const inTime = (answer) =>
  Promise.race([answer.catch(() => undefined), new Promise((resolve) => setTimeout(resolve, PATIENCE))]);

/* The shell with its styles and the kept rows written in, as careapp/api/shell.py does it for the first paint. */
async function filled(shell, { painted, language, ...view }) {
  const page = await withStyles(await shell.text());
  const place = page.match(/<div[^>]*\bid="page"[^>]*>/);
  const start = place.index + place[0].length;
  const end = page.lastIndexOf("</body>");
  const island = JSON.stringify(view).replaceAll("<", "\\u003c");
  const shadow =
    `<template shadowrootmode="open"><script>${SHADOW_SCRIPT}</script>` +
    `<div id="painted">${painted}</div><slot hidden></slot></template>`;
  const head = page.slice(0, start).replace('<html lang="en"', `<html lang="${language ?? "en"}"`);
  const script = `<script type="application/json" id="last-view">${island}</script>`;
  const headers = new Headers(shell.headers);
  NOT_COPIED.forEach((name) => headers.delete(name));
  return new Response(head + shadow + page.slice(start, end) + script + page.slice(end), { headers });
}

async function withStyles(shell) {
  const page = shell.replace(STYLE_PRELOAD, "");
  const [link, address] = page.match(STYLESHEET);
  const styles = await (await fileOf(address)).text();
  const later = link.replace("<link ", '<link media="not all" ');
  return page.replace(link, () => `<style id="styles">${styles}</style>${later}`);
}
