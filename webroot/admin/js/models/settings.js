// The settings in force: what of them is shown.

/** Those with `text` in their name, value or meaning; with `own` only those that somebody has set. */
export function shownSettings(settings, { text = '', own = false } = {}) {
  const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
  return settings.filter((setting) => {
    const all = [setting.name, setting.flag, setting.variable, setting.value, setting.says].join(' ').toLowerCase();
    return (!own || setting.source !== 'default') && words.every((word) => all.includes(word));
  });
}

/** Who said so: `file` has its name with it. */
export function sourceInWords(source) {
  const [kind, ...name] = source.split(' ');
  const words = { flag: 'Command line', environment: 'Environment', file: 'File', default: 'Default' }[kind];
  return words ? [words, ...name].join(' ') : source;
}
