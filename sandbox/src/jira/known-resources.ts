import type { Edition } from './site/rows';

interface Resource {
  readonly method: string;
  readonly address: RegExp;
  readonly only: Edition | undefined;
}

/** `/rest/api/:api(^(?:2|3)$)/issue/:key` as an expression: a part that is named may hold anything. */
function addressOf(url: string): RegExp {
  const source = url
    .replace(/:api\(.*\$\)/, '{api}')
    .replace(/:\w+/g, '[^/]+')
    .replace(/\./g, '\\.')
    .replace('{api}', '(?:2|3|latest)');
  return new RegExp(`^${source}/?$`);
}

/** Which methods an address answers to, for callers who use another one. */
export class KnownResources {
  private readonly resources: Resource[] = [];

  add(method: string, url: string, only: Edition | undefined): void {
    this.resources.push({ method, address: addressOf(url), only });
  }

  /** Methods of an address in an edition; none: there is no such address. */
  methodsOf(path: string, edition: Edition): string[] {
    if (edition === 'dc' && path.startsWith('/rest/api/3/')) return [];
    const fitting = this.resources.filter(
      ({ address, only }) => (only === undefined || only === edition) && address.test(path),
    );
    return [...new Set(fitting.map(({ method }) => method))].sort();
  }
}
