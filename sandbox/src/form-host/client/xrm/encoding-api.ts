const named: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;', "'": '&#39;' };

const replaced = (text: string, characters: RegExp): string =>
  text.replace(characters, (character) => named[character] ?? character);

/** `Xrm.Encoding`: client API reference, Xrm.Encoding. */
export const encodingApi = {
  htmlAttributeEncode: (text: string) => replaced(text, /[<&"']/g),
  htmlEncode: (text: string) => replaced(text, /[<>&"']/g),
  /** The browser itself reads the text; nothing in it is run. */
  htmlDecode: (text: string) => new DOMParser().parseFromString(text, 'text/html').documentElement.textContent ?? '',
  xmlAttributeEncode: (text: string) => replaced(text, /[<>&"']/g).replaceAll('&#39;', '&apos;'),
  xmlEncode: (text: string) => replaced(text, /[<>&"']/g).replaceAll('&#39;', '&apos;'),
};
