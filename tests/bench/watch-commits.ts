/**
 * What React says of each commit to the tools of developers: a page has the hook below before React is loaded
 * (`controls-in-chromium.ts`). Fibers as React 16 and 17 keep them, as far as they are read here.
 */
interface Fiber {
  readonly tag: number;
  readonly alternate: Fiber | null;
  readonly child: Fiber | null;
  readonly sibling: Fiber | null;
  /** React 16; `flags` from 17 on */
  readonly effectTag?: number;
  readonly flags?: number;
}
interface Root {
  readonly current: Fiber;
  readonly containerInfo: unknown;
}
export interface CommitHook {
  readonly supportsFiber: true;
  inject(): number;
  onCommitFiberRoot(renderer: number, root: Root): void;
  onCommitFiberUnmount(): void;
  /** set while somebody watches */
  seen: ((root: Root) => void) | null;
}

/** Functions, classes, forwarded references and memos: what renders, unlike elements of the page. */
const COMPONENTS: readonly number[] = [0, 1, 11, 14, 15];
/** `PerformedWork`: the component itself was called. */
const PERFORMED_WORK = 1;

/** Components that the newest commit has called; a subtree that it has left alone is the very same one as before. */
function rendered(now: Fiber): number {
  const before = now.alternate;
  const worked = ((now.effectTag ?? now.flags ?? 0) & PERFORMED_WORK) !== 0;
  const own = COMPONENTS.includes(now.tag) && (before === null || worked) ? 1 : 0;
  if (before?.child === now.child) return own;
  return own + sum(now, rendered);
}

const components = (fiber: Fiber): number => (COMPONENTS.includes(fiber.tag) ? 1 : 0) + sum(fiber, components);

function sum({ child }: Fiber, count: (fiber: Fiber) => number): number {
  let all = 0;
  for (let next = child; next !== null; next = next.sibling) all += count(next);
  return all;
}

/**
 * Counts what is rendered at a place of the page from now on.
 * @returns how to stop; `rendered` counts calls of components without the topmost, which compares what it is handed
 */
export function watchCommits(place: Element): {
  stop(): { readonly commits: number; readonly rendered: number; readonly components: number };
} {
  // Set by the first script of the page.
  const hook = (window as unknown as { readonly __REACT_DEVTOOLS_GLOBAL_HOOK__: CommitHook })
    .__REACT_DEVTOOLS_GLOBAL_HOOK__;
  let commits = 0;
  let calls = 0;
  let drawn = 0;
  hook.seen = (root) => {
    if (root.containerInfo !== place) return;
    commits += 1;
    calls += rendered(root.current) - 1;
    drawn = components(root.current);
  };
  return {
    stop: () => {
      hook.seen = null;
      if (commits === 0) throw new Error('React has told of no commit.');
      return { commits, rendered: calls, components: drawn };
    },
  };
}
