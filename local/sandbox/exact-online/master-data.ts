import type { Data, DataRecord } from './records.ts'

const kinds = { gl: '0001', account: '0002', item: '0003', vat: '0004', journal: '0005', payment: '0006' }

/** The fixed id of a seeded record: company, kind and number can be read from it. */
export function seededId(division: number, kind: keyof typeof kinds, number: number): string {
  return `${String(division).padStart(8, '0')}-${kinds[kind]}-4000-8000-${String(number).padStart(12, '0')}`
}

const journals: [code: string, description: string, type: number][] = [
  ['70', 'Verkoopboek', 20],
  ['10', 'Kas', 10],
  ['20', 'Bank', 12],
  ['90', 'Memoriaal', 90],
]

const glAccounts: [code: number, description: string][] = [
  [1000, 'Kas'],
  [1100, 'Bank'],
  [1300, 'Debiteuren'],
  [1500, 'Te betalen btw'],
  [2000, 'Kruisposten'],
  [2010, 'Tegoed betaaldienst'],
  [2020, 'Cadeaubonnen'],
  [4400, 'Kosten betaaldienst'],
  [4900, 'Kasverschillen'],
  [8000, 'Omzet hoog'],
  [8010, 'Omzet laag'],
  [8020, 'Omzet nul of vrijgesteld'],
  [8030, 'Omzet buitenland'],
]

const vatCodes: [code: string, description: string, percent: number][] = [
  ['0', 'Btw nul of vrijgesteld', 0],
  ['1', 'Btw laag, 9%', 9],
  ['2', 'Btw hoog, 21%', 21],
  ['15', 'Buitenlandse btw, 15%', 15],
  ['25', 'Buitenlandse btw, 25%', 25],
]

const paymentConditions: [code: string, description: string, method: string, days: number][] = [
  ['00', 'Direct voldaan', 'K', 0],
  ['14', 'Binnen 14 dagen', 'B', 14],
  ['30', 'Binnen 30 dagen', 'B', 30],
]

const accounts: [number: number, name: string, email: string][] = [
  [1, 'Webshop debiteur', 'webshop@fietsenwinkel.example'],
  [2, 'Kassa debiteur', 'kassa@fietsenwinkel.example'],
  [3, 'Afhaalklant', 'afhaal@fietsenwinkel.example'],
]

const items: [number: number, code: string, description: string, price: number, vat: string, gl: number][] = [
  [1, 'ART-HOOG', 'Artikel hoog tarief', 100, '2', 8000],
  [2, 'ART-LAAG', 'Artikel laag tarief', 50, '1', 8010],
  [3, 'ART-NUL', 'Artikel nul of vrijgesteld', 25, '0', 8020],
  [4, 'VERZEND', 'Verzendkosten', 5.95, '2', 8000],
]

/** The master data one company starts with. */
export function masterData(division: number): DataRecord[] {
  const record = (endpoint: string, id: string, data: Data): DataRecord => ({
    division,
    endpoint,
    id,
    visible_at: 0,
    data: { ID: id, ...data, Division: division },
  })
  return [
    ...journals.map(([code, description, type]) =>
      record('financial/Journals', seededId(division, 'journal', Number(code)), journal(code, description, type)),
    ),
    ...glAccounts.map(([code, description]) =>
      record('financial/GLAccounts', seededId(division, 'gl', code), glAccount(code, description)),
    ),
    ...vatCodes.map(([code, description, percent]) =>
      record('vat/VATCodes', seededId(division, 'vat', Number(code)), vatCode(code, description, percent)),
    ),
    ...paymentConditions.map(([code, description, method, days]) =>
      record('cashflow/PaymentConditions', seededId(division, 'payment', Number(code)), {
        Code: code,
        Description: description,
        PaymentMethod: method,
        PaymentDays: days,
      }),
    ),
    ...accounts.map(([number, name, email]) =>
      record('crm/Accounts', seededId(division, 'account', number), account(number, name, email)),
    ),
    ...items.map(([number, code, description, price, vat, gl]) =>
      record('logistics/Items', seededId(division, 'item', number), {
        ...blankItem,
        Code: code,
        Description: description,
        StandardSalesPrice: price,
        SalesVatCode: vat.padEnd(3),
        GLRevenue: seededId(division, 'gl', gl),
        GLRevenueCode: String(gl),
      }),
    ),
  ]
}

function journal(code: string, description: string, type: number): Data {
  return {
    Code: code,
    Description: description,
    Type: type,
    Currency: 'EUR',
    IsBlocked: false,
    PaymentServiceProvider: null,
  }
}

function glAccount(code: number, description: string): Data {
  const balance = code < 4000
  return {
    Code: String(code),
    Description: description,
    BalanceType: balance ? 'B' : 'W',
    BalanceSide: code < 1500 ? 'D' : 'C',
    Type: code >= 8000 ? 110 : 90,
    IsBlocked: false,
  }
}

function vatCode(code: string, description: string, percent: number): Data {
  return {
    Code: code.padEnd(3),
    Description: description,
    Percentage: percent / 100,
    Type: 'E',
    VATTransactionType: 'S',
    Charged: false,
    IsBlocked: false,
    GLToPayCode: '1500',
  }
}

function account(number: number, name: string, email: string): Data {
  return { ...blankAccount, Code: String(number).padStart(18), Name: name, Email: email, Status: 'C', IsSales: true }
}

/** Every property of a relation, with the value it has when nobody gives one. */
export const blankAccount: Data = {
  Code: null,
  Name: null,
  Email: null,
  Phone: null,
  Status: null,
  IsSales: false,
  IsSupplier: false,
  Blocked: false,
  VATNumber: null,
  ChamberOfCommerce: null,
  Country: null,
  City: null,
  Postcode: null,
  AddressLine1: null,
  AddressLine2: null,
  AddressLine3: null,
  Language: null,
  Remarks: null,
  Website: null,
  SearchCode: null,
  PaymentConditionSales: null,
  SalesCurrency: null,
  SalesVATCode: null,
  GLAccountSales: null,
}

/** Every property of an item, with the value it has when nobody gives one. */
export const blankItem: Data = {
  Code: null,
  Description: null,
  ExtraDescription: null,
  Barcode: null,
  ItemGroup: null,
  IsSalesItem: true,
  IsStockItem: false,
  IsFractionAllowedItem: false,
  StandardSalesPrice: null,
  CostPriceStandard: null,
  SalesVatCode: null,
  GLRevenue: null,
  GLRevenueCode: null,
  Unit: null,
  Notes: null,
  StartDate: null,
  EndDate: null,
}
