// Takes in a resx file as an object of key → text, as the bundles of pages do.
const ENTRY = /<data name="([^"]+)"[^>]*>\s*<value>([\s\S]*?)<\/value>/g;
const MARKUP = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

module.exports = {
  process(source) {
    const texts = [...source.matchAll(ENTRY)].map(([, key, value]) => [
      key,
      value.replace(/&(lt|gt|quot|apos|amp);/g, (_whole, name) => MARKUP[name]),
    ]);
    return { code: `module.exports = ${JSON.stringify(Object.fromEntries(texts))};` };
  },
};
