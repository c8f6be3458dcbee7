import * as React from 'react';
import { PageButton } from '../platform/page-button';
import { PageIcon } from '../platform/page-icon';
import type { PageFormat } from '../platform/page-format';
import { ScrollTable } from '../platform/scroll-table';
import type { EnterForm } from './enter-field';
import { type EnterSay, listIn, textIn } from './enter-view';

interface Header {
  readonly name: string;
  readonly value: string;
  readonly isSecret: boolean;
}

/** Headers of a request as the settings hold them. Pure. */
export const headersIn = (settings: Readonly<Record<string, unknown>>): readonly Header[] =>
  listIn(settings, 'headers').map((header) => ({
    name: textIn(header, 'name'),
    value: textIn(header, 'value'),
    isSecret: header['isSecret'] === true,
  }));

/** Headers that are sent with each request; the value of a secret one is stored like a password (R-1620). */
export function HeaderTable(props: {
  readonly headers: readonly Header[];
  readonly form: EnterForm;
  readonly say: EnterSay;
  readonly format: PageFormat;
}): React.ReactElement {
  const { headers, form, say, format } = props;
  const { setAt, textAt, hasSecrets } = form;
  const setAll = (next: readonly Header[]): void => setAt('settings.headers', next);
  const set = (at: number, part: Partial<Header>): void =>
    setAll(headers.map((one, index) => (index === at ? { ...one, ...part } : one)));
  return (
    <div className="enter-headers">
      <div className="page-cardhead">
        <h3>{say('headers')}</h3>
        <PageButton
          text={say('addHeader')}
          icon="Add"
          look="small"
          onClick={() => setAll([...headers, { name: '', value: '', isSecret: false }])}
        />
      </div>
      {headers.length > 0 && (
        <ScrollTable name={say('headers')} className="enter-table">
          <thead>
            <tr>
              <th scope="col">{say('name')}</th>
              <th scope="col">{say('value')}</th>
              <th scope="col">{say('secret')}</th>
              <th scope="col">
                <span className="crmjira-hidden">{say('remove')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {headers.map(({ name, value, isSecret }, at) => {
              const of = (what: string): string => say('ofHeader', { name: what, i: format.number(at + 1) });
              return (
                <tr key={at}>
                  <th scope="row" className="enter-cell">
                    <input
                      className="page-input"
                      aria-label={of(say('name'))}
                      value={name}
                      spellCheck={false}
                      onChange={(event) => set(at, { name: event.currentTarget.value })}
                    />
                  </th>
                  <td className="enter-cell">
                    <input
                      className="page-input"
                      type={isSecret ? 'password' : 'text'}
                      autoComplete="off"
                      placeholder={isSecret && hasSecrets ? say('stored') : undefined}
                      aria-label={of(say('value'))}
                      value={isSecret ? textAt(`secrets.header:${name}`) : value}
                      onChange={(event) =>
                        isSecret
                          ? setAt(`secrets.header:${name}`, event.currentTarget.value)
                          : set(at, { value: event.currentTarget.value })
                      }
                    />
                  </td>
                  <td>
                    <input
                      type="checkbox"
                      className="page-check"
                      aria-label={of(say('secret'))}
                      checked={isSecret}
                      onChange={(event) => set(at, { isSecret: event.currentTarget.checked, value: '' })}
                    />
                  </td>
                  <td>
                    <button
                      type="button"
                      className="page-close"
                      aria-label={say('removeHeader', { i: format.number(at + 1) })}
                      onClick={() => setAll(headers.filter((_, index) => index !== at))}
                    >
                      <PageIcon name="Delete" />
                    </button>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </ScrollTable>
      )}
    </div>
  );
}
