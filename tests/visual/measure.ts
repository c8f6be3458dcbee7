/** Where Tab stops: the middle of its line and its distance from the left, in CSS pixels. */
export interface Stop {
  readonly name: string;
  readonly middle: number;
  readonly left: number;
  /** a tabindex of its own takes it out of the order of the page */
  readonly jumps: boolean;
}

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
    const { overflowX, position } = getComputedStyle(element);
    const isHiddenOnPurpose = position === 'absolute' && element.clientWidth <= 1;
    if (overflowX === 'hidden' && element.scrollWidth > element.clientWidth + 1 && !isHiddenOnPurpose)
      cut.push(`${element.className}: ${element.textContent?.slice(0, 60)}`);
  }
  return {
    stops,
    /** text that is cut off: wider than the box that hides what does not fit */
    cut,
    sideways: box.scrollWidth > box.clientWidth + 1,
    /** elements that no control draws: text that became markup */
    foreign: [...box.querySelectorAll('img, script, iframe, object, [onerror]')].map(({ tagName }) => tagName),
    /** protocols of its links */
    links: [...box.querySelectorAll<HTMLAnchorElement>('a[href]')].map(({ protocol }) => protocol),
  };
}
