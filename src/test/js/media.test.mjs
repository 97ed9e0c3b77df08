import { Problem } from '../../../webroot/js/lib/api.js';
import { arranged, clock, ending, fitted, kindOf, named, picturesOf, saying, showsSmall, sizeOf, spokenLength, spokenName } from '../../../webroot/js/models/attachments.js';
import { MediaLinks } from '../../../webroot/js/models/media-links.js';
import { Recorder } from '../../../webroot/js/models/recorder.js';
import { Zoom } from '../../../webroot/js/models/zoom.js';
import { ok, same, test, until } from './testing.mjs';

const photo = { id: 'a', name: 'a.png', type: 'image/png', width: 10, height: 10 };
const paper = { id: 'p', name: 'report.pdf', type: 'application/pdf' };
const spoken = { id: 'v', name: 'Voice message 0m07s.webm', type: 'audio/webm', voice: true };

test('whatIsShownInPlaceIsWhatTheServerShowsInPlace', () => {
  same(['image/png', 'image/svg+xml', 'video/mp4', 'audio/ogg', 'text/html', 'application/pdf'].map((type) => kindOf({ type })),
    ['picture', 'file', 'video', 'audio', 'file', 'file']);
  same([kindOf(spoken), kindOf({ ...spoken, type: 'video/webm' }), kindOf({ type: 'text/html', voice: true })], ['voice', 'voice', 'file']);
});

test('messageIsCalledByItsWordsAndByWhatItCarries', () => {
  same([named([photo]), named([photo, photo, photo]), named([paper]), named([photo, paper]), named([spoken]), named([]), named()],
    ['Photo', '3 photos', 'report.pdf', '2 files', 'Voice message', '', '']);
  same([saying({ text: 'look' }), saying({ text: 'look', attachments: [photo] }), saying({ text: '', attachments: [paper] }), saying({})],
    ['look', 'Photo: look', 'report.pdf', '']);
});

test('sizesAreShort', () => {
  same([0, 1, 812, 1_434, 26_214_400, 1_500_000].map(sizeOf), ['0 bytes', '1 byte', '812 bytes', '1.4 KB', '25 MB', '1.4 MB']);
});

test('pictureHasItsPlaceBeforeItIsHere', () => {
  same(fitted({ width: 4_200, height: 1_000 }), { width: 420, height: 100 });
  same(fitted({ width: 100, height: 50 }), { width: 100, height: 50 });
  same(fitted({ width: 9_000, height: 10 }), { width: 420, height: 48 });
  same(fitted({}), { width: 240, height: 180 });
});

test('animationPlaysUnlessThePersonWantsRest', () => {
  const animation = { type: 'image/gif', size: 4_000_000, thumbnail: true };
  same([showsSmall(animation), showsSmall(animation, true)], [false, true]);
  same([showsSmall({ ...photo, size: 9_000_000, thumbnail: true }), showsSmall({ ...photo, size: 9_000, thumbnail: true }), showsSmall({ ...photo, size: 9_000_000 })],
    [true, false, false]);
});

test('recordingIsCalledByItsLength', () => {
  same([spokenName(7, 'webm'), spokenLength(spokenName(247, 'm4a')), spokenLength('song.webm')], ['Voice message 0m07s.webm', 247, undefined]);
  same([clock(7.9), clock(61), clock(300)], ['0:07', '1:01', '5:00']);
  same([ending('a.tar.gz'), ending('none'), ending('x.docx')], ['GZ', '', 'DOCX']);
});

test('deletedMessageHasNoPictureToShow', () => {
  const rows = [{ seq: 1, attachments: [photo, paper] }, { seq: 2, deletedAt: 'x', attachments: [photo] }, { seq: 3 }, { seq: 4, attachments: [photo] }];
  same(picturesOf(rows).map(({ key }) => key), ['1/a', '4/a']);
  same(arranged([paper, photo]).pictures, [photo]);
});

test('linkIsAskedForOnceUntilItEnds', async () => {
  let now = 0;
  let asked = 0;
  const api = { atHome: false, base: new URL('https://chat.example/'), post: async () => ({ url: `/api/v1/media/a/linked?token=${++asked}`, expiresIn: 300 }) };
  const links = new MediaLinks({ api, now: () => now });
  const [one, other] = await Promise.all([links.find('a'), links.find('a', true)]);
  same([one, other], ['https://chat.example/api/v1/media/a/linked?token=1', 'https://chat.example/api/v1/media/a/linked?token=1']);
  now = 200_000;
  await links.find('a');
  same(asked, 1);
  now = 290_000;
  ok((await links.find('a')).endsWith('token=2'));
  links.forget('a');
  await links.find('a');
  same(asked, 3);
  api.post = async () => { throw new Problem({ status: 404 }); };
  links.forget('a');
  same(await links.find('a').catch(({ status }) => status), 404);
});

test('zoomKeepsWhatIsUnderThePointerAndNoEdgeComesIn', () => {
  const zoom = new Zoom({ width: 1_000, height: 500 }, { width: 2_000, height: 500 });
  same(zoom.shown, { width: 1_000, height: 250 });
  zoom.to(4, { x: 200, y: 0 });
  same([zoom.scale, zoom.x, zoom.y], [4, -600, 0]);
  zoom.pan(-10_000, 10_000);
  same([zoom.x, zoom.y], [-1_500, 250]);
  zoom.by(1_000);
  same(zoom.scale, zoom.most);
  zoom.reset();
  same([zoom.scale, zoom.x, zoom.y, zoom.closer], [1, 0, 0, false]);
});

/** A microphone of one track. */
function devices({ ask, types = (type) => type.startsWith('audio/mp4') } = {}) {
  const track = { on: true, stop: () => { track.on = false; } };
  const stream = { getTracks: () => [track] };
  const record = () => {
    const recorder = {
      state: 'inactive',
      start: () => { recorder.state = 'recording'; },
      stop: () => {
        recorder.state = 'inactive';
        recorder.ondataavailable({ data: new Blob(['sound']) });
        recorder.onstop();
      },
    };
    return recorder;
  };
  return { track, ask: ask ?? (async () => stream), types, record, listen: () => ({ read: () => 0.5, close: () => {} }) };
}

test('recordingBecomesAFileAndTheMicrophoneGoesOff', async () => {
  let now = 0;
  const it = devices();
  const recorder = new Recorder({ devices: it, now: () => now });
  await recorder.start();
  same([recorder.state, recorder.level, it.track.on], ['recording', 0.5, true]);
  now = 12_300;
  const file = await recorder.finish();
  same([file.name, file.type, file.size, it.track.on, recorder.state], ['Voice message 0m12s.m4a', 'audio/mp4', 5, false, 'ended']);
});

test('recordingEndsByItself', async () => {
  let now = 0;
  let full = 0;
  const recorder = new Recorder({ devices: devices(), now: () => now, onFull: () => full++ });
  await recorder.start();
  now = 400_000;
  await until(() => full === 1);
  same([recorder.seconds, recorder.left], [300, 0]);
  recorder.cancel();
});

test('refusedMicrophoneIsSaidAndOneThatComesTooLateIsPutOff', async () => {
  const refused = (name) => devices({ ask: async () => { throw Object.assign(new Error(), { name }); } });
  for (const [name, says] of [['NotAllowedError', /Allow it/u], ['NotFoundError', /no microphone/u], ['Odd', /cannot record/u]]) {
    const recorder = new Recorder({ devices: refused(name) });
    await recorder.start();
    ok(recorder.state === 'failed' && says.test(recorder.problem), name);
  }
  const none = new Recorder({ devices: devices({ types: () => false }) });
  await none.start();
  same(none.state, 'failed');
  let allow;
  const late = devices({ ask: () => new Promise((resolve) => { allow = resolve; }) });
  const recorder = new Recorder({ devices: late });
  const started = recorder.start();
  recorder.cancel();
  allow({ getTracks: () => [late.track] });
  await started;
  same([late.track.on, recorder.state], [false, 'ended']);
});
