import type { SeedRow } from '../seed-row';

export interface SeedProduct {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  readonly description: string;
}

/** What the company's customers have cases about. */
export const products = {
  dockflow: {
    id: '5a8d2c1e-0000-4000-8000-00000000d001',
    number: 'PRD-1001',
    name: 'DockFlow',
    description: 'Dock scheduling and handheld scanning for warehouses',
  },
  scanpoint: {
    id: '5a8d2c1e-0000-4000-8000-00000000d002',
    number: 'PRD-1002',
    name: 'ScanPoint',
    description: 'Scanning stations and returns at the counter',
  },
} as const satisfies Readonly<Record<string, SeedProduct>>;

export type ProductKey = keyof typeof products;

export const productRows = (): SeedRow[] =>
  Object.values(products).map(({ id, number, name, description }) => ({
    table: 'product',
    row: { productid: id, productnumber: number, name, description, productstructure: 1, statecode: 0, statuscode: 1 },
  }));
