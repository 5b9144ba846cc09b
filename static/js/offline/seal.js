// What is kept on this device is locked with a key that scripts can use and never read. What is to be
// sent is sealed as well, for the server alone, so that it can go even when that key is gone.

const AES = "AES-GCM";
const CURVE = { name: "ECDH", namedCurve: "P-256" };
const letters = new TextEncoder();
const OF_SEAL = letters.encode("practicelens: a sealed observation");
const PIECE = 0x8000; // more arguments than that are too many for one call

export function inText(bytes) {
  const pieces = [];
  for (let at = 0; at < bytes.length; at += PIECE) {
    pieces.push(String.fromCharCode(...bytes.subarray(at, at + PIECE)));
  }
  return btoa(pieces.join(""));
}

const inBytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const once = () => crypto.getRandomValues(new Uint8Array(12));

export const newKey = () =>
  crypto.subtle.generateKey({ name: AES, length: 256 }, false, ["encrypt", "decrypt"]);

export async function lock(key, value, about) {
  const iv = once();
  const how = { name: AES, iv, additionalData: letters.encode(about) };
  const words = await crypto.subtle.encrypt(how, key, letters.encode(JSON.stringify(value)));
  return { once: iv, words: new Uint8Array(words) };
}

export async function unlock(key, locked, about) {
  const how = { name: AES, iv: locked.once, additionalData: letters.encode(about) };
  const words = await crypto.subtle.decrypt(how, key, locked.words);
  return JSON.parse(new TextDecoder().decode(words));
}

export async function seal(server, value, about) {
  const theirs = inBytes(server);
  const own = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", own.publicKey));
  const known = await crypto.subtle.importKey("raw", theirs, CURVE, false, []);
  const met = await crypto.subtle.deriveBits({ name: "ECDH", public: known }, own.privateKey, 256);
  const drawn = await crypto.subtle.importKey("raw", met, "HKDF", false, ["deriveKey"]);
  const salt = new Uint8Array([...point, ...theirs]);
  const how = { name: "HKDF", hash: "SHA-256", salt, info: OF_SEAL };
  const key = await crypto.subtle.deriveKey(how, drawn, { name: AES, length: 256 }, false, ["encrypt"]);
  const { once: iv, words } = await lock(key, value, about);
  return { point: inText(point), once: inText(iv), words: inText(words) };
}
