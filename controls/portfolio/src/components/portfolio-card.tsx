/** @jsx h */
import * as React from 'react';
import { DefaultButton } from '@fluentui/react';
import { Chip, Message, h } from '@crmjira/form-data';
import type { PortfolioCardProps } from './portfolio-card-props';
import { PortfolioTable } from './portfolio-table';
import { Toolbar } from './toolbar';

/** Draws a PortfolioView; decides nothing. What is narrow is the style sheet's to tell: it asks the container. */
export const PortfolioCard = React.memo(function PortfolioCard(props: PortfolioCardProps): React.ReactElement {
  const { view, id } = props;
  const { look } = view;
  return (
    <section
      className={look.dark ? 'crmjira crmjira-dark' : 'crmjira'}
      style={look.colours}
      aria-labelledby={id}
      aria-busy={view.busy}
    >
      <div className="crmjira-portfolio">
        {/* It stands right under the heading of the page that shows the view. */}
        <div className="crmjira-heading">
          <h2 id={id} className="crmjira-title">
            {view.title}
          </h2>
          <span className="crmjira-spring" />
          {view.chips.map((chip) => (
            <Chip key={chip.text} {...chip} />
          ))}
        </div>
        <Toolbar {...props} />
        <p className="crmjira-told" role="status">
          {view.told}
        </p>
        {view.message && <Message {...view.message} />}
        {view.rows.length > 0 && <PortfolioTable {...props} />}
        {view.empty && <p className="crmjira-sub">{view.empty}</p>}
        {view.more && (
          <div className="crmjira-actions">
            <DefaultButton text={view.more} disabled={view.busy} allowDisabledFocus onClick={props.onMore} />
          </div>
        )}
        <div className="crmjira-foot">
          <p role="status">{view.count}</p>
          <p>{view.legend}</p>
        </div>
      </div>
    </section>
  );
});
