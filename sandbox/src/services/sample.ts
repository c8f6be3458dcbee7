import { products } from '../seed/cases/products';
import type { Held } from './kept';

const item = (code: string, label: string, amount: string, onHand: number, changedOn: string) => ({
  code,
  label,
  price: { amount },
  onHand,
  changedOn,
});

/** What both services hold from the start: the company's products and spare parts, and one work order that no case is about. */
export function sampleOf(now: Date): Held {
  const changedOn = now.toISOString();
  const { dockflow, scanpoint } = products;
  return {
    items: [
      item(dockflow.number, dockflow.name, '418.50', 12, changedOn),
      item(scanpoint.number, scanpoint.name, '1290.00', 4, changedOn),
      item('PRT-2001', 'Battery pack for handheld scanners', '64.90', 140, changedOn),
      item('PRT-2002', 'Docking cradle, four bays', '215.00', 23, changedOn),
      item('PRT-2003', 'Antenna for loading docks', '98.25', 57, changedOn),
    ],
    orders: [
      {
        number: 'W-1001',
        caseNumber: 'CAS-00000-LEGACY',
        subject: 'Yearly inspection of dock 4',
        priority: 'Low',
        progress: 'Planned',
        appointment: null,
        changedOn,
      },
    ],
  };
}
