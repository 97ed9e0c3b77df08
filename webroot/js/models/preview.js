/**
 * The card of a message's link: `{href, host, site, title, description, picture}`, or nothing when there is none or the link is
 * not one to open. `host` is where a press goes, whatever the page calls itself; `site` only when it says more. Pure.
 */
export function previewOf({ preview, deletedAt }, safe) {
  const href = !deletedAt && preview && safe(preview.url);
  if (!href || !/^https?:/iu.test(href)) return undefined;
  const host = new URL(href).host.replace(/^www\./u, '');
  const { title, description, site, image } = preview;
  const says = site && site.toLowerCase() !== host && site.toLowerCase() !== new URL(href).host;
  return { href, host, site: says ? site : undefined, title: title ?? host, description, picture: image && `/api/v1/media/${encodeURIComponent(image)}` };
}
