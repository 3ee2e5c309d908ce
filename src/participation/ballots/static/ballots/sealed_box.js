// Sealed boxes as libsodium closes and opens them (crypto_box_seal), and the pairs that open them.
import "./vendor/nacl-fast.min.js";
import { blake2b } from "./blake2b.js";

const { nacl } = self;

export const joined = (...parts) => {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  parts.reduce((at, part) => (whole.set(part, at), at + part.length), 0);
  return whole;
};
export const toText = (bytes) => btoa(String.fromCharCode(...bytes));
// What isn't base64 comes back empty: it opens nothing.
export const toBytes = (text) => {
  try {
    return Uint8Array.from(atob(text.trim()), (sign) => sign.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
};

const nonceOf = (once, publicKey) => blake2b(joined(once, publicKey), nacl.box.nonceLength);

export const newPair = () => nacl.box.keyPair();
export const publicOf = (secretKey) => nacl.box.keyPair.fromSecretKey(secretKey).publicKey;

export const seal = (bytes, publicKey) => {
  const once = nacl.box.keyPair();
  const closed = nacl.box(bytes, nonceOf(once.publicKey, publicKey), publicKey, once.secretKey);
  once.secretKey.fill(0);
  return joined(once.publicKey, closed);
};

// null when the box was altered, or closed for another pair.
export const open = (box, secretKey) => {
  if (box.length < nacl.box.publicKeyLength + nacl.box.overheadLength) return null;
  const once = box.slice(0, nacl.box.publicKeyLength);
  return nacl.box.open(box.slice(once.length), nonceOf(once, publicOf(secretKey)), once, secretKey);
};

// With a key both sides have: what a passphrase locks. The nonce goes first, as PyNaCl writes it.
export const lock = (bytes, key) => {
  const nonce = nacl.randomBytes(nacl.secretbox.nonceLength);
  return joined(nonce, nacl.secretbox(bytes, nonce, key));
};
export const unlock = (locked, key) => {
  const nonce = locked.slice(0, nacl.secretbox.nonceLength);
  if (nonce.length < nacl.secretbox.nonceLength) return null;
  return nacl.secretbox.open(locked.slice(nonce.length), nonce, key);
};
