import * as React from 'react';
import type { ProductHealth } from '@crmjira/domain';
import { LinkButton } from '../platform/link-button';
import { openRecord } from '../platform/open-page';
import { PageIcon, type PageIconName } from '../platform/page-icon';
import { counted } from '../platform/page-words';
import { familyOf } from '../platform/read-products';
import { Assign, type CardProps } from './figure-cards';
import { healthOf, openIn } from './product-view';

/** Product, monitored projects, Jira projects: each leads to its record, and the records back to the product (R-1716). */
export function Belongings(props: CardProps & { readonly today: string; readonly now: string }): React.ReactElement {
  const { data, facts, say, today, now } = props;
  const { format } = facts;
  const { product, monitored, projects, cases } = data;
  const family = product === null ? '' : familyOf(new Map(data.products.map((one) => [one.id, one])), product);
  const of = (id: string): ProductHealth => healthOf(data, today, id);
  return (
    <section className="page-card">
      <div className="page-cardhead">
        <h2>{say('belongs')}</h2>
        <p className="crmjira-sub page-spread">{say('periods')}</p>
      </div>
      <div className="product-chain">
        <div className="product-column product-middle">
          <Node icon="Product" sub={family && say('productOf', { family })}>
            {product !== null && (
              <LinkButton text={product.name} strong onClick={() => openRecord('product', product.id)} />
            )}
          </Node>
          {cases !== null && (
            <p className="crmjira-sub">
              {[counted(say, 'cases', cases.open, format), counted(say, 'linked', cases.linked, format)].join(' · ')}
            </p>
          )}
        </div>
        <Arrow />
        <div className="product-column">
          <h3>{say('monitored', { n: format.number(monitored.length) })}</h3>
          {monitored.map(({ id, name, system, syncedOn }) => {
            const { last, before } = of(id).errors;
            return (
              <Node
                key={id}
                icon="Health"
                sub={
                  syncedOn === null
                    ? say('neverSynced', { system })
                    : say('synced', { system, t: format.time(syncedOn, now) })
                }
                figure={[format.number(last), say(last === 1 ? 'eventsOne' : 'events')]}
                before={say('before', { n: format.number(before) })}
              >
                <LinkButton text={name} strong onClick={() => openRecord('crmjira_monitor_project', id)} />
              </Node>
            );
          })}
          {monitored.length === 0 && <Assign say={say} isEvents />}
        </div>
        <Arrow />
        <div className="product-column">
          <h3>{say('jiraProjects', { n: format.number(projects.length) })}</h3>
          {projects.map(({ id, key, name, organization }) => {
            const { last, before } = of(id).tickets;
            const open = openIn(data, id);
            return (
              <Node
                key={id}
                icon="Link"
                sub={say(open === 1 ? 'openNOne' : 'openN', { org: organization, n: format.number(open) })}
                figure={[format.number(last), say(last === 1 ? 'resolvedWordOne' : 'resolvedWord')]}
                before={say('before', { n: format.number(before) })}
              >
                <LinkButton text={key} strong onClick={() => openRecord('crmjira_jira_project', id)} /> ·{' '}
                <b className="crmjira-strong">{name}</b>
              </Node>
            );
          })}
          <Assign say={say} isEvents={false} />
        </div>
      </div>
    </section>
  );
}

const Arrow = (): React.ReactElement => (
  <span className="product-arrow">
    <PageIcon name="ChevronRight" />
  </span>
);

const Node = (props: {
  readonly icon: PageIconName;
  readonly sub: string;
  readonly figure?: readonly [string, string];
  readonly before?: string;
  readonly children: React.ReactNode;
}): React.ReactElement => (
  <div className="product-node">
    <PageIcon name={props.icon} />
    <div>
      <p>{props.children}</p>
      {props.sub && <p className="crmjira-sub">{props.sub}</p>}
    </div>
    {props.figure && (
      <p className="crmjira-sub product-nodefigure">
        <b className="crmjira-strong">{props.figure[0]}</b> {props.figure[1]}
        <br />
        {props.before}
      </p>
    )}
  </div>
);
