/** Text of a mail's HTML, its paragraphs and list items on lines of their own. */
export function plainText(html: string): string {
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  for (const block of parsed.querySelectorAll('p, li, h1, h2, h3, br, tr, div')) block.append('\n');
  return (parsed.body.textContent ?? '').replace(/\n{2,}/g, '\n').trim();
}
