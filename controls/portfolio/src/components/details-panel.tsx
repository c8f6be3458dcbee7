/** @jsx h */
import type * as React from 'react';
import { Message, h } from '@crmjira/form-data';
import { DefaultButton } from '@fluentui/react';
import type { DetailsView } from '../view/portfolio-view';

interface DetailsProps {
  readonly details: DetailsView;
  /** @param argument field and side, as the integration reads them */
  readonly onTake: (argument: string, label: string) => void;
}

/** Both sides field by field, and the work behind the figures. */
export function DetailsPanel({ details, onTake }: DetailsProps): React.ReactElement {
  const { fieldHeads, busy } = details;
  return (
    <section className="crmjira-details" aria-label={details.label} tabIndex={-1}>
      <div>
        {details.problem && <Message {...details.problem} />}
        <Table caption={details.fieldCaption} heads={fieldHeads}>
          {details.fields.map(({ field, texts, differs, takes }) => (
            <tr key={field}>
              {texts.map((text, index) => (
                <Cell key={index} label={differs || index < 3 ? fieldHeads[index] : undefined} isHead={!index}>
                  {text}
                </Cell>
              ))}
              <td>
                {takes?.map(({ side, text, label }) => (
                  <DefaultButton
                    key={side}
                    text={text}
                    ariaLabel={label}
                    disabled={busy}
                    allowDisabledFocus
                    onClick={() => {
                      if (busy) return;
                      // The button goes with the difference: who pressed it by key stays where the answer is told.
                      document.activeElement?.closest('section')?.focus();
                      onTake(`${field} ${side}`, label);
                    }}
                  />
                ))}
              </td>
            </tr>
          ))}
        </Table>
        <p className="crmjira-told" role="status">
          {details.told}
        </p>
      </div>
      <div>
        {details.work.length > 0 && (
          <Table caption={details.workCaption} heads={details.workHeads}>
            {details.work.map(({ name, hours, cost, isPerson }, index) => (
              <tr key={index} className={isPerson ? 'crmjira-person' : 'crmjira-sum'}>
                <Cell isHead>{name}</Cell>
                <Cell>{hours}</Cell>
                <Cell>{cost}</Cell>
              </tr>
            ))}
          </Table>
        )}
        {details.notes.map((note) => (
          <p key={note} className="crmjira-key">
            {note}
          </p>
        ))}
      </div>
    </section>
  );
}

interface TableProps {
  readonly caption: string;
  readonly heads: readonly string[];
  readonly children: React.ReactNode;
}

function Table({ caption, heads, children }: TableProps): React.ReactElement {
  return (
    <table>
      <caption>{caption}</caption>
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}

interface CellProps {
  readonly isHead?: boolean;
  /** what the cell says, where there is no room for heads */
  readonly label?: string;
  readonly children: React.ReactNode;
}

function Cell({ isHead, label, children }: CellProps): React.ReactElement {
  return isHead ? <th scope="row">{children}</th> : <td data-label={label}>{children}</td>;
}
