/** @jsx h */
import * as React from 'react';
import { DefaultButton } from '@fluentui/react';
import { ControlRoot, type Look, Message, h } from '@crmjira/form-data';
import type { ColumnName } from '../rows/columns';
import type { Choice } from '../rows/filter';
import type { PortfolioView } from '../view/portfolio-view';
import { PortfolioTable } from './portfolio-table';
import { Toolbar } from './toolbar';

export interface PortfolioCardProps {
  readonly view: PortfolioView;
  readonly look: Look;
  readonly id: string;
  readonly onKeyword: (keyword: string) => void;
  readonly onChoice: (choice: Choice) => void;
  readonly onSort: (column: ColumnName, isFigure: boolean) => void;
  readonly onOpen: (opportunityId: string) => void;
  readonly onToggle: (rowId: string) => void;
  readonly onMore: () => void;
  /** @param argument field and side, as the integration reads them */
  readonly onTake: (argument: string, label: string) => void;
}

const doNothing = (): void => undefined;

/** Draws a PortfolioView; decides nothing. */
export const PortfolioCard = React.memo(function PortfolioCard(props: PortfolioCardProps): React.ReactElement {
  const { view, look, id } = props;
  return (
    <ControlRoot look={look} labelledBy={id} narrow={view.narrow} busy={view.busy} onUse={doNothing}>
      <div className={`crmjira-portfolio${view.cards ? ' crmjira-cards' : ''}`}>
        {/* It stands right under the heading of the page that shows the view. */}
        <h2 id={id} className="crmjira-title">
          {view.title}
        </h2>
        <Toolbar {...props} />
        {view.message && <Message {...view.message} />}
        {view.rows.length > 0 && <PortfolioTable {...props} />}
        {view.empty && <p className="crmjira-sub crmjira-lede">{view.empty}</p>}
        {view.more && (
          <div className="crmjira-actions">
            <DefaultButton text={view.more} disabled={view.busy} allowDisabledFocus onClick={props.onMore} />
          </div>
        )}
        <div className="crmjira-foot">
          <p role="status">{view.count}</p>
          <p aria-hidden="true">{view.legend}</p>
        </div>
        <div className="crmjira-hidden" role="status" aria-live="polite">
          {view.details?.told}
        </div>
      </div>
    </ControlRoot>
  );
});
