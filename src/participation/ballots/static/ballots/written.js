// The bytes of a vote before it is closed: those of `boxes.written`, framed as `envelopes.close` frames them.
import { seal } from "./sealed_box.js";

const SIZE = 252, LENGTH = 4;

export const framed = (choice) => {
  const content = new TextEncoder().encode(`{"v":1,"c":[${choice.join(",")}]}`);
  if (content.length > SIZE) throw new RangeError("This choice is too long for its box.");
  const frame = new Uint8Array(LENGTH + SIZE);
  new DataView(frame.buffer).setUint32(0, content.length);
  frame.set(content, LENGTH);
  return frame;
};

export const closed = (choice, publicKey) => seal(framed(choice), publicKey);
