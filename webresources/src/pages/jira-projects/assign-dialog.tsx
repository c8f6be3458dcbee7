import * as React from 'react';
import { PageButton } from '../platform/page-button';
import { PageDialog } from '../platform/page-dialog';
import { PageIcon, type PageIconName } from '../platform/page-icon';
import { type Say, counted } from '../platform/page-words';
import { type Product, productChoices } from '../platform/read-products';
import type { PageFacts } from '../platform/start-page';
import { type AssignEffect, type JiraFacts, type Project, assignEffects } from './jira-view';
import type { jiraProjectsTexts } from '../../strings/generated/jira-projects';

const ICONS: Readonly<Record<AssignEffect, PageIconName>> = {
  gets: 'Add',
  moves: 'Forward',
  has: 'Accept',
  archived: 'Archive',
};

/** Chooses the product of several projects, and says before what will happen to each (R-1704). */
export function AssignDialog(props: {
  readonly projects: readonly Project[];
  /** takes the product away instead */
  readonly removes: boolean;
  readonly jira: JiraFacts;
  readonly facts: PageFacts;
  readonly say: Say<typeof jiraProjectsTexts>;
  readonly onAssign: (product: Product | null) => void;
  readonly onClose: () => void;
}): React.ReactElement {
  const { projects, removes, jira, facts, say, onAssign, onClose } = props;
  const { format } = facts;
  const [productId, setProductId] = React.useState('');
  const product = jira.products.find(({ id }) => id === productId) ?? null;
  const effects = product !== null || removes ? assignEffects(projects, product?.id ?? null) : [];
  const changed = effects.filter(({ effect }) => effect === 'gets' || effect === 'moves').length;
  const keys = projects.map(({ key }) => key).sort();
  const nameOf = (id: string | null): string => jira.products.find((one) => one.id === id)?.name ?? '';
  const sentence = ({ project, effect }: (typeof effects)[number]): string => {
    const { key, productId: before } = project;
    if (effect === 'archived') return say('isArchived', { key });
    if (product === null) return effect === 'has' ? say('hasNone', { key }) : say('loses', { key, p: nameOf(before) });
    if (effect === 'moves') return say('moves', { key, p1: nameOf(before), p2: product.name });
    return say(effect, { key, p: product.name });
  };
  const belongs =
    product &&
    [
      counted(say, 'jiraN', jira.projects.filter((one) => one.productId === product.id).length, format),
      counted(say, 'monitoredN', jira.monitored.get(product.id) ?? 0, format),
    ].join(', ');
  return (
    <PageDialog title={say(removes ? 'removeProduct' : 'bulkAssign')} close={say('close')} onClose={onClose}>
      <div className="page-dialogbody">
        <p>
          {say(keys.length === 1 ? 'projectsKeysOne' : 'projectsKeys', {
            n: format.number(keys.length),
            keys: keys.join(', '),
          })}
        </p>
        {!removes && (
          <label className="page-field">
            <b>
              {say('product')} <span aria-hidden="true">*</span>
            </b>
            <select
              className="page-input"
              required
              value={productId}
              onChange={(event) => setProductId(event.currentTarget.value)}
            >
              <option value="">{say('choose')}</option>
              {productChoices(jira.products).map(({ family, products }) => (
                <optgroup key={family} label={family || say('noFamily')}>
                  {products.map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))}
                </optgroup>
              ))}
            </select>
            {belongs && <span className="crmjira-sub">{belongs}</span>}
          </label>
        )}
        {effects.length > 0 && (
          <div>
            <b>{say('willHappen')}</b>
            <ul className="page-effects">
              {effects.map((one) => (
                <li key={one.project.id}>
                  <PageIcon name={ICONS[one.effect]} />
                  {sentence(one)}
                </li>
              ))}
            </ul>
          </div>
        )}
      </div>
      <div className="page-dialogfoot">
        <PageButton
          text={counted(say, removes ? 'removeFrom' : 'assign', changed, format)}
          look="primary"
          disabled={changed === 0}
          onClick={() => onAssign(product)}
        />
        <PageButton text={say('cancel')} onClick={onClose} />
      </div>
    </PageDialog>
  );
}
