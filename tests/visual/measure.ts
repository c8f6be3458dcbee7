/** Where Tab stops: the middle of its line and its distance from the left, in CSS pixels. */
export interface Stop {
  readonly name: string;
  readonly middle: number;
  readonly left: number;
  /** a tabindex of its own takes it out of the order of the page */
  readonly jumps: boolean;
}

/** CSS pixels of the window. */
type Box = Readonly<Record<'left' | 'top' | 'right' | 'bottom', number>>;

/** What of a control's layout and content can be measured. It runs on the page: nothing from outside of it is there. */
export function measure(box: Element) {
  const stops: Stop[] = [];
  const wanted = 'a[href], button, input, select, textarea, summary, [tabindex]';
  for (const element of box.querySelectorAll<HTMLElement>(wanted)) {
    if (element.tabIndex < 0 || element.matches(':disabled')) continue;
    const { top, left, height, width } = element.getBoundingClientRect();
    const name = element.textContent?.trim() || element.tagName;
    if (width > 0) stops.push({ name, middle: top + height / 2, left, jumps: element.tabIndex > 0 });
  }
  const cut: string[] = [];
  for (const element of box.querySelectorAll('*')) {
    const { overflowX, overflowY, position } = getComputedStyle(element);
    const isHiddenOnPurpose = position === 'absolute' && element.clientWidth <= 1;
    const hides = (overflow: string): boolean => overflow === 'hidden' || overflow === 'clip';
    const isCut =
      (hides(overflowX) && element.scrollWidth > element.clientWidth + 1) ||
      (hides(overflowY) && element.scrollHeight > element.clientHeight + 2);
    if (isCut && !isHiddenOnPurpose) cut.push(`${element.className}: ${element.textContent?.slice(0, 60)}`);
  }
  const isOnlyRead = (element: Element | null): boolean =>
    element !== null && (getComputedStyle(element).clipPath === 'inset(50%)' || isOnlyRead(element.parentElement));
  // A glyph's box is higher than what is drawn in it: above capitals a third of the size of the font stays free.
  const FREE = 0.3;
  /** What is to be seen of a text: what no box around it scrolls away or hides. */
  const seen = (element: Element | null, { left, top, right, bottom }: Box): Box => {
    if (element === null || element === box.parentElement) return { left, top, right, bottom };
    const around = element.getBoundingClientRect();
    const { overflowX, overflowY } = getComputedStyle(element);
    const [isWide, isHigh] = [overflowX === 'visible', overflowY === 'visible'];
    return seen(element.parentElement, {
      left: isWide ? left : Math.max(left, around.left),
      top: isHigh ? top : Math.max(top, around.top),
      right: isWide ? right : Math.min(right, around.right),
      bottom: isHigh ? bottom : Math.min(bottom, around.bottom),
    });
  };
  const texts: { readonly node: Node; readonly drawn: Box }[] = [];
  const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!node.nodeValue?.trim() || !parent || isOnlyRead(parent)) continue;
    if (!parent.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const free = parseFloat(getComputedStyle(parent).fontSize) * FREE;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) {
      const { left, right, top, bottom } = rect;
      texts.push({ node, drawn: seen(parent, { left, right, top: top + free, bottom }) });
    }
  }
  const overlapping: string[] = [];
  for (const [index, { node, drawn }] of texts.entries())
    for (const other of texts.slice(index + 1)) {
      const wide = Math.min(drawn.right, other.drawn.right) - Math.max(drawn.left, other.drawn.left);
      const high = Math.min(drawn.bottom, other.drawn.bottom) - Math.max(drawn.top, other.drawn.top);
      if (other.node !== node && wide > 2 && high > 2)
        overlapping.push(`${node.nodeValue?.trim().slice(0, 40)} and ${other.node.nodeValue?.trim().slice(0, 40)}`);
    }
  return {
    stops,
    /** text that is cut off: wider or higher than the box that hides what does not fit */
    cut,
    /** pairs of texts that lie over each other */
    overlapping,
    sideways: box.scrollWidth > box.clientWidth + 1,
    /** elements that no control draws: text that became markup */
    foreign: [...box.querySelectorAll('img, script, iframe, object, [onerror]')].map(({ tagName }) => tagName),
    /** protocols of its links */
    links: [...box.querySelectorAll<HTMLAnchorElement>('a[href]')].map(({ protocol }) => protocol),
  };
}
