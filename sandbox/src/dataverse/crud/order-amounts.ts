import type { Reader } from '../store/reader';
import { numberOf, referenceOf, type Row, type Value } from '../store/row';
import { roundTo } from './normalise-value';

type Values = Readonly<Record<string, Value>>;

const amount = (row: Row, column: string): number => numberOf(row, column) ?? 0;
const cents = (value: number): number => roundTo(value, 2);

/** The price of a product in its unit on the price list of the order; null when the list has none. */
function listPrice(reader: Reader, line: Row): number | null {
  const order = reader.get('salesorder', referenceOf(line, 'salesorderid')?.id ?? '');
  const list = order ? referenceOf(order, 'pricelevelid') : null;
  const product = referenceOf(line, 'productid');
  if (!list || !product || line.ispriceoverridden === true) return null;
  const item = reader
    .pointingAt('productpricelevel', 'productid', product.id)
    .find(
      (each) =>
        referenceOf(each, 'pricelevelid')?.id === list.id &&
        referenceOf(each, 'uomid')?.id === referenceOf(line, 'uomid')?.id,
    );
  return item ? numberOf(item, 'amount') : null;
}

/** Source: learn.microsoft.com "Order Product (SalesOrderDetail) table/entity reference": amount, discounts, tax, extended amount. */
export function lineAmounts(reader: Reader, line: Row): Values {
  const priceperunit = listPrice(reader, line) ?? numberOf(line, 'priceperunit');
  const quantity = amount(line, 'quantity');
  const baseamount = cents((priceperunit ?? 0) * quantity);
  const discount = amount(line, 'manualdiscountamount') + amount(line, 'volumediscountamount') * quantity;
  return { priceperunit, baseamount, extendedamount: cents(baseamount - discount + amount(line, 'tax')) };
}

/** Source: learn.microsoft.com "Order (SalesOrder) table/entity reference": how the totals follow from the lines. */
export function orderTotals(reader: Reader, order: Row): Values {
  const lines = reader.pointingAt('salesorderdetail', 'salesorderid', String(order.salesorderid));
  const sum = (of: (line: Row) => number): number => cents(lines.reduce((total, line) => total + of(line), 0));
  const totaltax = sum((line) => amount(line, 'tax'));
  const totallineitemamount = cents(sum((line) => amount(line, 'extendedamount')) - totaltax);
  const totaldiscountamount = cents(
    amount(order, 'discountamount') + (totallineitemamount * amount(order, 'discountpercentage')) / 100,
  );
  const totalamountlessfreight = cents(totallineitemamount - totaldiscountamount);
  return {
    totaltax,
    totallineitemamount,
    totallineitemdiscountamount: sum(
      (line) => amount(line, 'baseamount') + amount(line, 'tax') - amount(line, 'extendedamount'),
    ),
    totaldiscountamount,
    totalamountlessfreight,
    totalamount: cents(totalamountlessfreight + amount(order, 'freightamount') + totaltax),
  };
}
