/** Words that stand on two lines because their box is too narrow for them. It runs on the page: nothing from outside of it is there. */
export function brokenWords(box: Element): string[] {
  const broken: string[] = [];
  const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    // A line may end after a hyphen; what only a screen reader gets has no lines.
    for (const word of (node.nodeValue ?? '').matchAll(/[^\s-]+/g)) {
      const range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const drawn = [...range.getClientRects()].filter(({ width }) => width > 1);
      if (new Set(drawn.map(({ top }) => Math.round(top))).size > 1) broken.push(word[0]);
    }
  }
  return broken;
}
