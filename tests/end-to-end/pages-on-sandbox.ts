import type { Browser, BrowserContextOptions } from 'playwright-core';
import { type WatchedPage, openPage, startBrowser } from './browser';
import { type SandboxUnderTest, startSandbox } from './sandbox-under-test';

export interface PagesOnSandbox {
  /** Running from the first test to the last. */
  readonly sandbox: SandboxUnderTest;
  /** A page of a person of its own, which is closed after the test. */
  open(options?: BrowserContextOptions): Promise<WatchedPage>;
}

/**
 * One sandbox and one Chromium for the tests of a file; to be called where they are listed.
 * @param options by default without the integration, where nothing waits for it
 */
export function pagesOnSandbox(options: Parameters<typeof startSandbox>[0] = { proxy: 'none' }): PagesOnSandbox {
  let running: { readonly sandbox: SandboxUnderTest; readonly browser: Browser } | undefined;
  const pages: WatchedPage[] = [];
  const started = () => {
    if (!running) throw new Error('The sandbox runs only while tests do.');
    return running;
  };
  beforeAll(async () => {
    const [sandbox, browser] = await Promise.all([startSandbox(options), startBrowser()]);
    running = { sandbox, browser };
  });
  afterEach(async () => {
    await Promise.all(pages.splice(0).map((page) => page.context().close()));
  });
  afterAll(async () => {
    await running?.browser.close();
    await running?.sandbox.close();
  });
  return {
    get sandbox() {
      return started().sandbox;
    },
    async open(look) {
      const page = await openPage(started().browser, look);
      pages.push(page);
      return page;
    },
  };
}
