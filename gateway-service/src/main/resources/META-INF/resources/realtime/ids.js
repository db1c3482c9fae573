/** A message id: UUIDv7 (RFC 9562 section 5.7), whose time lets the server tell a late repeat from a new message (PUB-5). */
export function messageId(now = Date.now(), bytes = crypto.getRandomValues(new Uint8Array(16))) {
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(now / 2 ** (8 * (5 - i))) & 0xff;
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
