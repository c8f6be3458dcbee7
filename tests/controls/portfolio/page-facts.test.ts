import { pageFacts } from '../../../controls/portfolio/src/page-facts';

it('draws links in the brand of the host', () => {
  const fluentDesignLanguage = { brand: { 80: '#7a1fa2' }, tokenTheme: {} };
  const context = { mode: { isControlDisabled: false }, fluentDesignLanguage } as never; // the theme's type lists every token
  expect(pageFacts(context).look.colours).toMatchObject({ '--crmjira-link': '#7a1fa2', '--crmjira-brand': '#7a1fa2' });
});
