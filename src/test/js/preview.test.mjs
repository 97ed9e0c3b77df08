import { safeAddress } from '../../../webroot/js/lib/address.js';
import { previewOf } from '../../../webroot/js/models/preview.js';
import { same, test } from './testing.mjs';

const card = (preview, rest) => previewOf({ preview, ...rest }, safeAddress);

test('cardSaysWhereAPressGoesWhateverThePageCallsItself', () => {
  same(card({ url: 'https://www.evil.example/x', title: 'T', site: 'Your Bank' }),
    { href: 'https://www.evil.example/x', host: 'evil.example', site: 'Your Bank', title: 'T' });
  same(card({ url: 'https://news.example/x', description: 'D', site: 'News.example', image: 'a/b' }),
    { href: 'https://news.example/x', host: 'news.example', title: 'news.example', description: 'D', picture: '/api/v1/media/a%2Fb' });
});

test('noCardForWhatIsNotToBeOpened', () => {
  same(card(undefined), undefined);
  same(card({ url: 'javascript:alert(1)', title: 'T' }), undefined);
  same(card({ url: 'mailto:a@b.example', title: 'T' }), undefined);
  same(card({ url: 'https://a.example/', title: 'T' }, { deletedAt: '2026-01-01' }), undefined);
});
