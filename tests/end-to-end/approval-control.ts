import type { Locator } from 'playwright-core';
import { ProvisioningState } from '@crmjira/domain';
import { EXAMPLE_OPPORTUNITY_ID } from '../../sandbox/src/seed/scenarios';
import { eventually } from '../plugins-proxy/eventually';
import type { WatchedPage } from './browser';
import type { WebApi } from './people';
import { tabTo } from './tab-to';

/** Name of the opportunity that the tests of approving work on. */
export const NAME = 'Digital Transformation Project - Acme Corp';

/** milliseconds that the integration and the next reading may take on a busy machine */
export const CARRIED_OUT_WITHIN = 90_000;

/** The control's place on the form. */
export const CONTROL = '[data-control="crmjira_CrmJira.BudgetApproval"]';

/** Gives the opportunity a budget of 250,000.00 and waits for its project. */
export async function withProject(owner: WebApi, tools: WebApi): Promise<void> {
  await owner.update(`opportunities(${EXAMPLE_OPPORTUNITY_ID})`, { budgetamount: 250_000 });
  await eventually(async () => {
    const [row] = await tools.rows(
      `crmjira_budget_mappings?$filter=_crmjira_opportunity_id_value eq ${EXAMPLE_OPPORTUNITY_ID}`,
    );
    if (row?.['crmjira_provisioning_state'] !== ProvisioningState.Linked) throw new Error('No project is linked.');
  }, CARRIED_OUT_WITHIN);
}

/** Budget approval on a page, as a person without a mouse uses it. */
export interface ApprovalControl {
  readonly region: Locator;
  /** Waits for words that it shows. */
  readonly says: (words: string | RegExp) => Promise<void>;
  /** Reaches one of its buttons by Tab and presses it by Enter. */
  readonly press: (button: string) => Promise<void>;
}

export function approvalOn(page: WatchedPage): ApprovalControl {
  const region = page.getByRole('region', { name: 'Budget approval' });
  return {
    region,
    says: (words) => region.getByText(words).first().waitFor({ timeout: CARRIED_OUT_WITHIN }),
    press: async (name) => {
      await region.getByRole('button', { name }).waitFor({ timeout: CARRIED_OUT_WITHIN });
      await tabTo(page, new RegExp(`button "${name}"`));
      await page.keyboard.press('Enter');
    },
  };
}
