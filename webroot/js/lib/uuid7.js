// UUID version 7 (RFC 9562): 48 bits of time, 12 bits that count within a millisecond, 62 random bits. The ids of one
// generator strictly ascend as strings, also when the clock stands still or goes back: the outbox sorts by them.

const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

const randomBytes = (length) => crypto.getRandomValues(new Uint8Array(length));

/** A generator of its own clock and randomness (injected in tests). */
export function uuid7Generator(now = Date.now, random = randomBytes) {
  let time = 0;
  let count = 0;
  return () => {
    const present = now();
    if (present > time) [time, count] = [present, random(1)[0]];
    else if (++count > 0xfff) [time, count] = [time + 1, 0];
    const tail = random(8);
    tail[0] = (tail[0] & 0x3f) | 0x80;
    const clock = time.toString(16).padStart(12, '0');
    const end = hex(tail);
    return `${clock.slice(0, 8)}-${clock.slice(8)}-7${count.toString(16).padStart(3, '0')}-${end.slice(0, 4)}-${end.slice(4)}`;
  };
}

export const uuid7 = uuid7Generator();

/** The time a version 7 id carries, as ISO-8601; empty for any other id. */
export function timeOf(id) {
  if (!/^[0-9a-f]{8}-[0-9a-f]{4}-7/i.test(id)) return '';
  return new Date(parseInt(id.slice(0, 8) + id.slice(9, 13), 16)).toISOString();
}
