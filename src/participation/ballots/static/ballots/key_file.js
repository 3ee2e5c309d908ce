// The file of a key holder's key: lines of words one can read, the key itself locked by their passphrase.
import { lock, newPair, publicOf, toBytes, toText, unlock } from "./sealed_box.js";

const ROUNDS = 600000, SALT = 16, KEY = 32;

const stretched = async (phrase, salt, rounds) => {
  // Typed on a phone or a desk, the same words are the same bytes.
  const typed = new TextEncoder().encode(phrase.normalize("NFC"));
  const base = await crypto.subtle.importKey("raw", typed, "PBKDF2", false, ["deriveBits"]);
  const bits = await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds }, base, KEY * 8);
  return new Uint8Array(bits);
};

// A new key: its file, and the half that everybody may know.
export const made = async ({ ballot, holder, phrase, preamble }) => {
  const pair = newPair();
  const salt = crypto.getRandomValues(new Uint8Array(SALT));
  const locked = lock(pair.secretKey, await stretched(phrase, salt, ROUNDS));
  pair.secretKey.fill(0);
  const lines = {
    "terrain-key": 1, ballot, holder, public: toText(pair.publicKey), salt: toText(salt), rounds: ROUNDS, locked: toText(locked),
  };
  const text = Object.entries(lines).map(([name, value]) => `${name}: ${value}\n`).join("");
  return { file: `${preamble}\n\n${text}`, publicKey: lines.public };
};

// What a file says; null for one that isn't of a key.
export const read = (text) => {
  const lines = Object.fromEntries([...text.matchAll(/^([a-z-]+): (\S+)\s*$/gm)].map(([, name, value]) => [name, value]));
  const rounds = Number(lines.rounds);
  const whole = lines["terrain-key"] === "1" && rounds >= 1 && rounds <= 10000000 && toBytes(lines.salt ?? "").length
    && toBytes(lines.public ?? "").length === KEY && toBytes(lines.locked ?? "").length === KEY + 40;
  return whole ? { ...lines, rounds } : null;
};

// The secret half; null when the passphrase isn't that of the file.
export const opened = async (held, phrase) => {
  const secretKey = unlock(toBytes(held.locked), await stretched(phrase, toBytes(held.salt), held.rounds));
  return secretKey && toText(publicOf(secretKey)) === held.public ? secretKey : null;
};
