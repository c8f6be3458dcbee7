import type { Terminal } from './terminal';

const width = 30;

/** `[#########.....................] 12 of 40, 1 failed`. Pure. */
export function progressText(done: number, all: number, failed: number): string {
  const filled = all === 0 ? width : Math.round((done / all) * width);
  const bar = '#'.repeat(filled).padEnd(width, '.');
  return `[${bar}] ${done} of ${all}${failed === 0 ? '' : `, ${failed} failed`}`;
}

/** Counts and shows; silent where nobody watches, gone at the end so that the result stands alone. */
export function startProgress(terminal: Terminal, all: number): { step(failed: boolean): void; end(): void } {
  let done = 0;
  let failures = 0;
  const show = (): void => terminal.status?.(progressText(done, all, failures));
  show();
  return {
    step: (failed) => {
      done += 1;
      if (failed) failures += 1;
      show();
    },
    end: () => terminal.status?.(''),
  };
}
