/** What a browser shows in the end, and the addresses that it was led through. */
export interface Shown {
  readonly status: number;
  readonly text: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly passed: readonly URL[];
}

export type Browser = ReturnType<typeof openBrowser>;

/** A browser as far as signing in needs one: cookies, which do not tell ports apart, redirects, and the buttons of forms. */
export function openBrowser() {
  const cookies = new Map<string, string>();
  const passed: URL[] = [];

  /** One request; cookies are kept, a redirect is not followed. */
  async function request(url: string | URL, form?: Readonly<Record<string, string>>): Promise<Response> {
    passed.push(new URL(url));
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split('; ');
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      if (attributes.includes('Max-Age=0')) cookies.delete(name);
      else cookies.set(name, value);
    }
    return response;
  }

  /** Goes where it is led, but no further than to an address that begins with `until`. */
  async function open(url: string | URL, until?: string, form?: Readonly<Record<string, string>>): Promise<Shown> {
    let at = new URL(url);
    let response = await request(at, form);
    for (;;) {
      const next = response.headers.get('location');
      if (next === null || (until !== undefined && next.startsWith(until)))
        return {
          status: response.status,
          text: await response.text(),
          url: next === null ? at : new URL(next),
          headers: response.headers,
          passed: [...passed],
        };
      at = new URL(next, at);
      response = await request(at);
    }
  }

  /** Presses a button of the form that is shown. */
  const submit = (page: Shown, choice: Readonly<Record<string, string>>, until?: string): Promise<Shown> => {
    const hidden = [...page.text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)].map(
      ([, name = '', value = '']) => [name, value.replace(/&quot;/g, '"').replace(/&amp;/g, '&')],
    );
    const [, action] = /<form[^>]* action="([^"]*)"/.exec(page.text) ?? [];
    return open(new URL(action ?? page.url, page.url), until, { ...Object.fromEntries(hidden), ...choice });
  };

  return { open, submit, cookies };
}
