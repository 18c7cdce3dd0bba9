import type { DataType } from "./data-type.ts";

/** A number or text written in the statement. `ordinal` counts them, so that a cached plan can take other values. */
export interface Literal {
  readonly kind: "literal";
  readonly form: "string" | "integer" | "decimal" | "float";
  readonly text: string;
  readonly ordinal: number;
}

export type Unit =
  | "MICROSECOND"
  | "SECOND"
  | "MINUTE"
  | "HOUR"
  | "DAY"
  | "WEEK"
  | "MONTH"
  | "QUARTER"
  | "YEAR";

export type BinaryOperator =
  | "OR"
  | "XOR"
  | "AND"
  | "="
  | "<=>"
  | "<>"
  | "<"
  | "<="
  | ">"
  | ">="
  | "|"
  | "&"
  | "<<"
  | ">>"
  | "^"
  | "+"
  | "-"
  | "*"
  | "/"
  | "DIV"
  | "%";

export type Expression =
  | Literal
  | { readonly kind: "null" }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "bytes"; readonly hex: string }
  | { readonly kind: "column"; readonly path: readonly string[] }
  | { readonly kind: "unary"; readonly operator: "-" | "~" | "NOT"; readonly operand: Expression }
  | {
      readonly kind: "binary";
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: "like";
      readonly operand: Expression;
      readonly pattern: Expression;
      readonly escape: Expression | undefined;
    }
  | { readonly kind: "regexp"; readonly operand: Expression; readonly pattern: Expression }
  | {
      readonly kind: "between";
      readonly operand: Expression;
      readonly low: Expression;
      readonly high: Expression;
    }
  | { readonly kind: "in"; readonly operand: Expression; readonly list: readonly Expression[] | Query }
  | { readonly kind: "is"; readonly operand: Expression; readonly what: "NULL" | "TRUE" | "FALSE" }
  | Case
  | Call
  | { readonly kind: "cast"; readonly operand: Expression; readonly to: DataType }
  | {
      readonly kind: "dateAdd";
      readonly operand: Expression;
      readonly amount: Expression;
      readonly unit: Unit;
      readonly sign: 1 | -1;
    }
  | { readonly kind: "extract"; readonly unit: Unit; readonly operand: Expression }
  | { readonly kind: "exists"; readonly query: Query }
  | { readonly kind: "subquery"; readonly query: Query }
  | { readonly kind: "row"; readonly items: readonly Expression[] }
  | { readonly kind: "variable"; readonly name: string }
  | { readonly kind: "setting"; readonly name: string }
  | { readonly kind: "default"; readonly column: string | undefined }
  | { readonly kind: "values"; readonly column: string }
  | { readonly kind: "collate"; readonly operand: Expression; readonly collation: string };

export interface Case {
  readonly kind: "case";
  readonly operand: Expression | undefined;
  readonly branches: readonly { readonly when: Expression; readonly result: Expression }[];
  readonly otherwise: Expression | undefined;
}

export interface Call {
  readonly kind: "call";
  /** In capitals. */
  readonly name: string;
  readonly args: readonly Expression[];
  /** COUNT(*) */
  readonly star: boolean;
  readonly distinct: boolean;
  readonly orderBy: readonly OrderItem[];
  readonly separator: string | undefined;
  readonly over: Window | string | undefined;
  /** The unit of TIMESTAMPDIFF and TIMESTAMPADD. */
  readonly unit: Unit | undefined;
}

export interface Window {
  readonly base: string | undefined;
  readonly partitionBy: readonly Expression[];
  readonly orderBy: readonly OrderItem[];
  /** ROWS or RANGE and what follows, as SQLite reads it, too. */
  readonly frame: string;
}

export interface OrderItem {
  readonly expression: Expression;
  readonly descending: boolean;
}

export type SelectItem =
  | { readonly kind: "star"; readonly table: readonly string[] }
  /** `name` is the alias or what MySQL makes of the item's text; `ordinals` are the literals in that text. */
  | {
      readonly kind: "expression";
      readonly expression: Expression;
      readonly name: string;
      readonly aliased: boolean;
      readonly ordinals: readonly [number, number];
    };

export interface TableName {
  readonly database: string | undefined;
  readonly table: string;
}

export type FromItem =
  | { readonly kind: "table"; readonly name: TableName; readonly alias: string | undefined }
  | { readonly kind: "derived"; readonly query: Query; readonly alias: string }
  | { readonly kind: "dual" }
  | {
      readonly kind: "join";
      readonly type: "INNER" | "LEFT" | "RIGHT" | "CROSS";
      readonly left: FromItem;
      readonly right: FromItem;
      readonly on: Expression | undefined;
      readonly using: readonly string[] | "natural" | undefined;
    };

export interface Select {
  readonly kind: "select";
  readonly distinct: boolean;
  readonly items: readonly SelectItem[];
  readonly from: FromItem | undefined;
  readonly where: Expression | undefined;
  readonly groupBy: readonly Expression[];
  readonly having: Expression | undefined;
  readonly windows: readonly { readonly name: string; readonly window: Window }[];
}

export interface Compound {
  readonly kind: "compound";
  readonly operator: "UNION" | "UNION ALL" | "INTERSECT" | "EXCEPT";
  readonly left: Query | Select;
  readonly right: Query | Select;
}

export interface Query {
  readonly kind: "query";
  readonly ctes: readonly Cte[];
  readonly recursive: boolean;
  readonly body: Select | Compound | Query;
  readonly orderBy: readonly OrderItem[];
  readonly limit: Limit | undefined;
  readonly locking: boolean;
}

export interface Cte {
  readonly name: string;
  readonly columns: readonly string[];
  readonly query: Query;
}

export interface Limit {
  readonly count: Expression;
  readonly offset: Expression | undefined;
}

export interface Assignment {
  readonly column: readonly string[];
  readonly value: Expression;
}

export interface Insert {
  readonly kind: "insert";
  readonly replace: boolean;
  readonly ignore: boolean;
  readonly table: TableName;
  readonly columns: readonly string[] | undefined;
  readonly source: readonly (readonly Expression[])[] | Query;
  readonly onDuplicate: readonly Assignment[];
}

export interface Update {
  readonly kind: "update";
  readonly ignore: boolean;
  readonly from: FromItem;
  readonly assignments: readonly Assignment[];
  readonly where: Expression | undefined;
  readonly orderBy: readonly OrderItem[];
  readonly limit: Limit | undefined;
}

export interface Delete {
  readonly kind: "delete";
  /** Tables named before FROM or USING; empty for the one-table form. */
  readonly targets: readonly TableName[];
  readonly from: FromItem;
  readonly where: Expression | undefined;
  readonly orderBy: readonly OrderItem[];
  readonly limit: Limit | undefined;
}

export type DataStatement = Query | Insert | Update | Delete;
