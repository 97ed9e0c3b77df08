import { Crop } from '../../../webroot/js/models/crop.js';
import { ok, same, seeded, test } from './testing.mjs';

const wide = () => new Crop({ width: 800, height: 400, frame: 200 });

test('beginsWithTheMiddleAndAllOfTheShortSide', () => same(wide().region, { x: 200, y: 0, size: 400 }));

test('pictureFollowsTheHand', () => {
  const crop = wide();
  crop.pan(-50, 30);
  same(crop.region, { x: 300, y: 0, size: 400 });
});

test('edgesStayOutsideTheFrame', () => {
  const crop = wide();
  crop.pan(10_000, 10_000);
  same(crop.region, { x: 0, y: 0, size: 400 });
  crop.pan(-10_000, -10_000);
  same(crop.region, { x: 400, y: 0, size: 400 });
});

test('zoomKeepsWhatLiesUnderThePoint', () => {
  const crop = wide();
  const at = { x: 150, y: 50 };
  const under = () => [crop.region.x + at.x / crop.scale, crop.region.y + at.y / crop.scale].map(Math.round);
  const before = under();
  crop.zoomTo(2, at);
  same(under(), before);
  same(crop.region.size, 200);
});

test('zoomHasItsEnds', () => {
  const crop = wide();
  crop.zoomTo(1_000);
  same([crop.zoom, crop.closest], [6.25, 6.25]);
  crop.zoomTo(0);
  same([crop.zoom, crop.region.size], [1, 400]);
});

test('tinyPictureCannotBeZoomed', () => same(new Crop({ width: 40, height: 60, frame: 200 }).closest, 1));

test('whateverIsDone_theFrameIsCovered', () => {
  const random = seeded(7);
  for (let round = 0; round < 200; round++) {
    const crop = new Crop({ width: 1 + random.below(3_000), height: 1 + random.below(3_000), frame: 288 });
    for (let step = 0; step < 30; step++) {
      if (random.chance(0.5)) crop.pan(random.below(800) - 400, random.below(800) - 400);
      else crop.zoomTo(random() * 9, { x: random.below(288), y: random.below(288) });
      const { x, y, size } = crop.region;
      ok(x >= -1e-6 && y >= -1e-6 && x + size <= crop.width + 1e-6 && y + size <= crop.height + 1e-6, JSON.stringify(crop.region));
    }
  }
});
