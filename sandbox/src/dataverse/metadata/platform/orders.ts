import {
  applicationRequired,
  choice,
  column,
  dateOnly,
  dateTime,
  decimal,
  integer,
  lookup,
  memo,
  money,
  readOnly,
  states,
  systemRequired,
  text,
  yesNo,
} from '../columns';
import { label } from '../columns';
import { table } from '../table';

/** Units, price lists and their rows belong to the product catalogue: one privilege for all of it. */
const catalogue = { ownership: 'OrganizationOwned', privilegeName: 'Product' } as const;
const activeInactive = states({ 0: ['Active', { 1: 'Active' }], 1: ['Inactive', { 2: 'Inactive' }] });
const whole = { ...readOnly, minValue: -1e12 };

export const uomschedule = table(
  'uomschedule',
  'UoMSchedule',
  1056,
  'name',
  [
    text('name', 200, 'Name', applicationRequired),
    text('baseuomname', 100, 'Base Unit Name'),
    memo('description', 2000, 'Description'),
    ...activeInactive,
  ],
  { ...catalogue, displayName: label('Unit Group', 'Groupe d’unités') },
);

export const uom = table(
  'uom',
  'UoM',
  1055,
  'name',
  [
    text('name', 100, 'Name', applicationRequired),
    lookup('uomscheduleid', ['uomschedule'], 'Unit Group', systemRequired),
    lookup('baseuom', ['uom'], 'Base Unit'),
    decimal('quantity', 5, 'Quantity', { ...applicationRequired, minValue: 0 }),
    yesNo('isschedulebaseuom', 'Is Schedule Base Unit', readOnly),
  ],
  { ...catalogue, displayName: label('Unit', 'Unité') },
);

export const pricelevel = table(
  'pricelevel',
  'PriceLevel',
  1022,
  'name',
  [
    text('name', 100, 'Name', applicationRequired),
    memo('description', 2000, 'Description'),
    dateOnly('begindate', 'Start Date'),
    dateOnly('enddate', 'End Date'),
    lookup('transactioncurrencyid', ['transactioncurrency'], 'Currency'),
    ...states({ 0: ['Active', { 100001: 'Active' }], 1: ['Inactive', { 100002: 'Inactive' }] }),
  ],
  { ...catalogue, displayName: label('Price List', 'Tarif') },
);

export const productpricelevel = table(
  'productpricelevel',
  'ProductPriceLevel',
  1026,
  null,
  [
    lookup('pricelevelid', ['pricelevel'], 'Price List', systemRequired),
    lookup('productid', ['product'], 'Product', systemRequired),
    lookup('uomid', ['uom'], 'Unit', systemRequired),
    money('amount', 'Amount'),
    decimal('percentage', 2, 'Percentage', { minValue: 0 }),
  ],
  { ...catalogue, displayName: label('Price List Item', 'Élément de tarif') },
);

export const salesorder = table(
  'salesorder',
  'SalesOrder',
  1088,
  'name',
  [
    text('name', 300, 'Name', applicationRequired),
    text('ordernumber', 100, 'Order ID', {
      autoNumberFormat: 'ORD-{SEQNUM:5}-{RANDSTRING:6}',
      isValidForUpdate: false,
    }),
    memo('description', 2000, 'Description'),
    column('Customer', 'customerid', 'Potential Customer', { targets: ['account', 'contact'] }),
    lookup('opportunityid', ['opportunity'], 'Opportunity'),
    lookup('pricelevelid', ['pricelevel'], 'Price List'),
    money('discountamount', 'Order Discount Amount'),
    decimal('discountpercentage', 2, 'Order Discount (%)', { minValue: 0, maxValue: 100 }),
    money('freightamount', 'Freight Amount'),
    money('totallineitemamount', 'Total Detail Amount', whole),
    money('totallineitemdiscountamount', 'Total Line Item Discount Amount', whole),
    money('totaldiscountamount', 'Total Discount Amount', whole),
    money('totalamountlessfreight', 'Total Pre-Freight Amount', whole),
    money('totaltax', 'Total Tax', whole),
    money('totalamount', 'Total Amount', whole),
    dateOnly('requestdeliveryby', 'Requested Delivery Date'),
    dateOnly('datefulfilled', 'Date Fulfilled'),
    dateTime('submitdate', 'Date Submitted'),
    yesNo('ispricelocked', 'Prices Locked', readOnly),
    choice('prioritycode', 'Priority', { 1: 'Default Value' }, { defaultValue: 1 }),
    ...states({
      0: ['Active', { 1: 'New', 2: 'Pending' }],
      1: ['Submitted', { 3: 'In Progress' }],
      2: ['Canceled', { 4: 'No Money' }],
      3: ['Fulfilled', { 100001: 'Complete', 100002: 'Partial' }],
      4: ['Invoiced', { 100003: 'Invoiced' }],
    }),
  ],
  { displayName: label('Order', 'Commande'), displayCollectionName: label('Orders', 'Commandes') },
);

export const salesorderdetail = table(
  'salesorderdetail',
  'SalesOrderDetail',
  1089,
  'salesorderdetailname',
  [
    text('salesorderdetailname', 100, 'Name'),
    lookup('salesorderid', ['salesorder'], 'Order', systemRequired),
    lookup('productid', ['product'], 'Existing Product'),
    lookup('uomid', ['uom'], 'Unit'),
    text('productdescription', 500, 'Write-In Product'),
    memo('description', 2000, 'Description'),
    yesNo('isproductoverridden', 'Select Product'),
    yesNo('ispriceoverridden', 'Pricing'),
    integer('lineitemnumber', 0, 1_000_000_000, 'Line Item Number'),
    decimal('quantity', 5, 'Quantity', { minValue: -1e11 }),
    money('priceperunit', 'Price Per Unit'),
    money('baseamount', 'Amount', whole),
    money('manualdiscountamount', 'Manual Discount'),
    money('volumediscountamount', 'Volume Discount', readOnly),
    money('tax', 'Tax', { minValue: -1e12 }),
    money('extendedamount', 'Extended Amount', whole),
  ],
  {
    ownership: 'OrganizationOwned',
    privilegeName: 'SalesOrder',
    displayName: label('Order Product', 'Produit de la commande'),
  },
);

/** Intersect table of contacts and leads. */
export const contactleads = table(
  'contactleads',
  'ContactLeads',
  22,
  null,
  [
    column('Uniqueidentifier', 'contactid', 'Contact', { isValidForUpdate: false }),
    column('Uniqueidentifier', 'leadid', 'Lead', { isValidForUpdate: false }),
  ],
  {
    ownership: 'None',
    privilegeName: null,
    changeTracking: false,
    primaryId: 'contactleadid',
    set: 'contactleadscollection',
  },
);
