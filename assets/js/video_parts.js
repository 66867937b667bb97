/* Camera, microphone and speaker themselves. Nothing is recorded, and nothing leaves the device. */

const HEARD = 0.08;
const TONES = [523.25, 659.25, 783.99];
/* What browsers call it, and which words say so. */
const PROBLEMS = {
  NotAllowedError: "refused",
  SecurityError: "refused",
  NotFoundError: "missing",
  OverconstrainedError: "missing",
  NotReadableError: "taken",
  AbortError: "taken",
};

/* Asks for both, and for each alone where only one is there. `hear` is told how loud it is, from 0 to 1. */
export async function listen(hear) {
  const { stream, problem } = await asked();
  if (!stream) return { problem, stop() {} };
  const [camera, microphone] = [stream.getVideoTracks().length > 0, stream.getAudioTracks().length > 0];
  const quiet = microphone ? measured(stream, hear) : () => {};
  const missing = camera ? (microphone ? "" : "no_microphone") : "no_camera";
  const stop = () => (quiet(), stream.getTracks().forEach((track) => track.stop()));
  return { stream, camera, microphone, problem: missing, stop };
}

async function asked() {
  if (!navigator.mediaDevices?.getUserMedia) return { problem: "unable" };
  let problem = "";
  for (const wanted of [{ video: { facingMode: "user" }, audio: true }, { audio: true }, { video: true }]) {
    try {
      return { stream: await navigator.mediaDevices.getUserMedia(wanted) };
    } catch (error) {
      problem ||= PROBLEMS[error.name] ?? "unknown";
      if (problem === "refused") break; // who said no is not asked again
    }
  }
  return { problem };
}

function measured(stream, hear) {
  const sound = new AudioContext();
  const analyser = sound.createAnalyser();
  const wave = new Float32Array(analyser.fftSize);
  sound.createMediaStreamSource(stream).connect(analyser);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(wave);
    const loud = Math.min(1, Math.sqrt(wave.reduce((sum, x) => sum + x * x, 0) / wave.length) * 4);
    hear(loud, loud > HEARD);
  }, 100);
  return () => (clearInterval(timer), sound.close());
}

/* Three rising tones; false where the browser plays none. */
export async function tones() {
  try {
    const sound = new AudioContext();
    await sound.resume();
    const volume = sound.createGain();
    volume.gain.value = 0.2;
    volume.connect(sound.destination);
    TONES.forEach((pitch, n) => {
      const tone = new OscillatorNode(sound, { frequency: pitch });
      tone.connect(volume);
      tone.start(sound.currentTime + n * 0.35);
      tone.stop(sound.currentTime + n * 0.35 + 0.3);
    });
    await new Promise((resolve) => setTimeout(resolve, TONES.length * 350));
    await sound.close();
    return true;
  } catch {
    return false;
  }
}
