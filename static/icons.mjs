// Draws the lens of lens.svg as PNG, for the home screens of phones, which take nothing else.

import { deflateSync } from "node:zlib";

const SIDE = 38; // of the drawing, as in lens.svg
const FINE = 4; // points a pixel, each way
const WHITE = [255, 255, 255];
const LAGOON = [14, 92, 108];
const MULBERRY = [95, 29, 82];

const from = (x, y, centre) => Math.hypot(x - centre, y - SIDE / 2);

function colourAt(x, y) {
  const [left, right] = [from(x, y, 13), from(x, y, 25)];
  if (Math.abs(left - 11) < 1.2 || Math.abs(right - 11) < 1.2) return MULBERRY;
  return left < 11 && right < 11 ? LAGOON : WHITE;
}

// Whether a point lies within the corners of the drawing, which are round.
function isWithin(x, y) {
  const beyond = (at) => Math.max(6 - at, at - (SIDE - 6), 0);
  return Math.hypot(beyond(x), beyond(y)) <= 6;
}

// `fills` is for systems that cut a shape of their own: white to the edge, the lens within.
function pixelAt(column, row, size, fills) {
  const scale = fills ? SIDE / (size * 0.72) : SIDE / size;
  const sum = [0, 0, 0, 0];
  for (let point = 0; point < FINE * FINE; point += 1) {
    const x = (column + ((point % FINE) + 0.5) / FINE - size / 2) * scale + SIDE / 2;
    const y = (row + (Math.floor(point / FINE) + 0.5) / FINE - size / 2) * scale + SIDE / 2;
    const seen = fills || isWithin(x, y);
    if (!seen) continue;
    colourAt(x, y).forEach((part, at) => (sum[at] += part));
    sum[3] += 1;
  }
  const parts = sum.slice(0, 3).map((part) => Math.round(part / Math.max(sum[3], 1)));
  return [...parts, Math.round((255 * sum[3]) / (FINE * FINE))];
}

function crc(bytes) {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return (sum ^ 0xffffffff) >>> 0;
}

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc(body), body.length + 4);
  return whole;
}

export function icon(size, fills) {
  const lines = Array.from({ length: size }, (_, row) => [
    0,
    ...Array.from({ length: size }, (_, column) => pixelAt(column, row, size, fills)).flat(),
  ]);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size);
  head.writeUInt32BE(size, 4);
  head.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(Buffer.from(lines.flat()))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}
