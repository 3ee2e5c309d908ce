// BLAKE2b without a key (RFC 7693): sealed boxes make their nonce with it. What it hashes is public.
const WHOLE = (1n << 64n) - 1n;
const START = [
  0x6a09e667f3bcc908n, 0xbb67ae8584caa73bn, 0x3c6ef372fe94f82bn, 0xa54ff53a5f1d36f1n,
  0x510e527fade682d1n, 0x9b05688c2b3e6c1fn, 0x1f83d9abfb41bd6bn, 0x5be0cd19137e2179n,
];
const ORDERS = [
  "0123456789abcdef", "ea489fd61c02b753", "b8c052fdae367194", "7931dcbe265a40f8", "905724afe1bc683d",
  "2c6a0b834d75fe19", "c51fed4a0763928b", "db7ec13950f4862a", "6fe9b308c2d714a5", "a2847615fb9e3cd0",
].map((order) => [...order].map((place) => parseInt(place, 16)));
const QUARTERS = [
  [0, 4, 8, 12], [1, 5, 9, 13], [2, 6, 10, 14], [3, 7, 11, 15], [0, 5, 10, 15], [1, 6, 11, 12], [2, 7, 8, 13], [3, 4, 9, 14],
];

const turned = (word, bits) => ((word >> bits) | (word << (64n - bits))) & WHOLE;

const mixed = (state, [a, b, c, d], one, other) => {
  for (const [word, first, second] of [[one, 32n, 24n], [other, 16n, 63n]]) {
    state[a] = (state[a] + state[b] + word) & WHOLE;
    state[d] = turned(state[d] ^ state[a], first);
    state[c] = (state[c] + state[d]) & WHOLE;
    state[b] = turned(state[b] ^ state[c], second);
  }
};

export const blake2b = (bytes, length) => {
  const hash = [...START];
  hash[0] ^= 0x01010000n ^ BigInt(length);
  const blocks = Math.max(1, Math.ceil(bytes.length / 128));
  for (let block = 0; block < blocks; block += 1) {
    const padded = new Uint8Array(128);
    padded.set(bytes.subarray(block * 128, block * 128 + 128));
    const view = new DataView(padded.buffer);
    const words = Array.from({ length: 16 }, (_, place) => view.getBigUint64(place * 8, true));
    const state = [...hash, ...START];
    state[12] ^= BigInt(Math.min(bytes.length, (block + 1) * 128));
    if (block === blocks - 1) state[14] ^= WHOLE;
    for (let round = 0; round < 12; round += 1) {
      const order = ORDERS[round % 10];
      QUARTERS.forEach((quarter, place) => mixed(state, quarter, words[order[place * 2]], words[order[place * 2 + 1]]));
    }
    hash.forEach((_, place) => { hash[place] ^= state[place] ^ state[place + 8]; });
  }
  const out = new DataView(new ArrayBuffer(64));
  hash.forEach((word, place) => out.setBigUint64(place * 8, word, true));
  return new Uint8Array(out.buffer, 0, length).slice();
};
