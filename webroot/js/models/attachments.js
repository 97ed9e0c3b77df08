// What a message carries besides words: what it is, what it is called, how large it shows. Pure.

const PICTURES = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);
const AUDIO = new Set(['audio/mpeg', 'audio/mp4', 'audio/ogg', 'audio/wav', 'audio/webm']);
const VIDEO = new Set(['video/mp4', 'video/ogg', 'video/webm']);
/** Below this the picture itself is shown and not its small one. */
const SMALL = 120_000;

/** `picture`, `video`, `voice`, `audio`, or `file`: what is not shown or played in place. */
export function kindOf({ type, voice }) {
  if (PICTURES.has(type)) return 'picture';
  if (VIDEO.has(type)) return voice ? 'voice' : 'video';
  if (AUDIO.has(type)) return voice ? 'voice' : 'audio';
  return 'file';
}

/** What stands where: `{pictures, others}`, each in the order of the message. */
export function arranged(attachments = []) {
  return {
    pictures: attachments.filter((one) => kindOf(one) === 'picture'),
    others: attachments.filter((one) => kindOf(one) !== 'picture'),
  };
}

const ONE = { picture: 'Photo', video: 'Video', voice: 'Voice message' };
const MANY = { picture: 'photos', video: 'videos', voice: 'voice messages', audio: 'audio files', file: 'files' };

/** A few words for all of them: `Photo`, `3 photos`, `report.pdf`, `4 files`; empty for none. */
export function named(attachments) {
  if (!attachments?.length) return '';
  const [first] = attachments;
  const kind = kindOf(first);
  if (attachments.length === 1) return ONE[kind] ?? first.name;
  return `${attachments.length} ${attachments.every((one) => kindOf(one) === kind) ? MANY[kind] : 'files'}`;
}

/** A message in short: its words, what it carries, or both. `words` makes one line of its text. */
export function saying({ text, attachments }, words = (all) => all) {
  const [said, carried] = [text ? words(text) : '', named(attachments)];
  return said && carried ? `${carried}: ${said}` : said || carried;
}

const UNITS = ['bytes', 'KB', 'MB', 'GB'];

/** `812 bytes`, `1.4 MB`, `25 MB`: thousands are 1,024. */
export function sizeOf(bytes) {
  let unit = 0;
  let size = bytes;
  for (; size >= 1_000 && unit < UNITS.length - 1; unit++) size /= 1_024;
  const shown = unit && size < 9.95 ? Math.round(size * 10) / 10 : Math.round(size);
  return `${shown} ${bytes === 1 ? 'byte' : UNITS[unit]}`;
}

/** How large a picture shows: within `most`, never enlarged, and never so flat that one cannot hit it. */
export function fitted({ width, height }, most = { width: 420, height: 340 }, least = 48) {
  if (!width || !height) return { width: 240, height: 180 };
  const scale = Math.min(1, most.width / width, most.height / height);
  return { width: Math.max(least, Math.round(width * scale)), height: Math.max(least, Math.round(height * scale)) };
}

/** True when the small picture is shown in the place of the picture: an animation plays, a light one is sharp. */
export function showsSmall({ type, size, thumbnail }, still = false) {
  if (!thumbnail) return false;
  return type === 'image/gif' ? still : size > SMALL;
}

/** What its name ends in, for its sign: `PDF`; empty when that says nothing. */
export function ending(name) {
  return (/\.([\p{L}\p{N}]{1,4})$/u.exec(name)?.[1] ?? '').toLocaleUpperCase();
}

const SPOKEN = /(\d+)m(\d\d)s\.\w+$/;

/** Recordings do not say in themselves how long they are: their name does. */
export const spokenName = (seconds, ending) => `Voice message ${Math.floor(seconds / 60)}m${String(seconds % 60).padStart(2, '0')}s.${ending}`;

/** In seconds, or undefined. */
export function spokenLength(name) {
  const [, minutes, seconds] = SPOKEN.exec(name) ?? [];
  return minutes === undefined ? undefined : Number(minutes) * 60 + Number(seconds);
}

/** `0:07`, `12:30`. */
export const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds) % 60).padStart(2, '0')}`;

/** Every picture of these messages, in their order: `{key, row, attachment}`. */
export function picturesOf(rows) {
  return rows.flatMap((row) => (row.deletedAt ? [] : arranged(row.attachments).pictures.map((attachment) => (
    { key: pictureKey(row, attachment), row, attachment }))));
}

export const pictureKey = ({ seq }, { id }) => `${seq}/${id}`;
