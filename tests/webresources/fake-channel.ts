type Heard = { readonly data: unknown };

/**
 * `BroadcastChannel` whose messages are there at once, for as long as an act takes.
 * @param kept channels that stay open: a form listens until the next one is opened
 */
export async function withChannels(act: () => Promise<void>, kept = 0): Promise<void> {
  const open = new Set<FakeChannel>();
  class FakeChannel {
    onmessage: ((heard: Heard) => void) | null = null;
    constructor(readonly name: string) {
      open.add(this);
    }
    postMessage(data: unknown): void {
      for (const other of [...open]) if (other !== this && other.name === this.name) other.onmessage?.({ data });
    }
    close(): void {
      open.delete(this);
    }
  }
  const page = globalThis as { BroadcastChannel?: unknown };
  const before = page.BroadcastChannel;
  page.BroadcastChannel = FakeChannel;
  try {
    await act();
  } finally {
    page.BroadcastChannel = before;
  }
  expect(open.size).toBe(kept);
}
