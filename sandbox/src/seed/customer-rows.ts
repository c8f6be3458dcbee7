import { accounts, type SeedAccount } from './accounts';
import { currencies } from './currencies';
import type { CurrencyCode } from './currencies';
import { ref } from './seed-row';
import type { SeedRow } from './seed-row';

export const accountNumber = (account: SeedAccount): string => `C-${String(1001 + accounts.indexOf(account))}`;

/** Accounts, each with the person one talks to. */
export function customerRows(): SeedRow[] {
  return accounts.flatMap((account) => {
    const [firstname, lastname, jobtitle] = account.contact;
    const domain = account.name
      .normalize('NFD')
      .toLowerCase()
      .replace(/[^a-z]/g, '')
      .slice(0, 18);
    // the accounts' currencies are keys of the table of currencies
    const currencyId = currencies[account.currency as CurrencyCode].id;
    return [
      {
        table: 'account',
        row: {
          accountid: account.id,
          name: account.name,
          accountnumber: accountNumber(account),
          address1_city: account.city,
          address1_stateorprovince: account.province || null,
          address1_country: account.country,
          websiteurl: `https://${domain}.example`,
          'transactioncurrencyid@odata.bind': ref('transactioncurrency', currencyId),
        },
      },
      {
        table: 'contact',
        row: {
          contactid: account.contactId,
          firstname,
          lastname,
          fullname: `${firstname} ${lastname}`,
          jobtitle,
          emailaddress1: `${firstname}.${lastname}@${domain}.example`
            .normalize('NFD')
            .toLowerCase()
            .replace(/[^a-z.@-]/g, ''),
          'parentcustomerid_account@odata.bind': ref('account', account.id),
          'transactioncurrencyid@odata.bind': ref('transactioncurrency', currencyId),
        },
      },
    ];
  });
}
