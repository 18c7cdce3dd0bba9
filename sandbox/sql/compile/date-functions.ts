import { notSupported } from "../errors.ts";
import * as types from "../sql-type.ts";
import type { Part } from "../values/calendar.ts";
import type { Compilation } from "./compilation.ts";
import { cast } from "./expression-cast.ts";
import { type CallContext, direct, type Rule, type Rules, rule } from "./rule.ts";
import { asDatetime, asDouble, asInteger, asTime, nullOf, type Typed, typed } from "./typed.ts";

const first = ({ args }: CallContext): Typed => args[0] ?? nullOf();

/** NOW(n): n decides on the type and so belongs to the plan. */
function digits({ args: [value], compilation }: CallContext): number {
  if (!value?.literal) {
    if (value) throw notSupported("fraction digits that are no number");
    return 0;
  }
  compilation.pin(value.literal);
  return Math.min(6, Number(value.literal.text));
}

const clock = (name: string): Rule =>
  rule([0, 1], (context) => {
    const scale = digits(context);
    return typed(`${name}(${scale})`, types.datetime(scale));
  });

const part = (unit: Part): Rule =>
  rule([1, 1], (context) =>
    typed(`my_part('${unit}', ${asDatetime(first(context), context.compilation)})`, partType(unit)),
  );

/** Parts that need a calendar are BIGINT, parts that stand in the value are INT. */
const partType = (unit: Part) => (COUNTED.has(unit) ? types.INT : types.SHORT);
const COUNTED = new Set<Part>(["QUARTER", "WEEKDAY", "TO_DAYS", "TO_SECONDS", "TIME_TO_SEC"]);

/** HOUR('27:00:00') is 27: a TIME is no datetime. */
const clockPart = (unit: "HOUR" | "MINUTE" | "SECOND" | "MICROSECOND" | "TIME_TO_SEC"): Rule =>
  rule([1, 1], (context) => {
    const value = first(context);
    if (value.type.kind === "datetime" || value.type.kind === "date") return part(unit).compile(context);
    return typed(`my_time_part('${unit}', ${asTime(value)})`, partType(unit));
  });

/** A whole number of seconds without argument or fraction, else a decimal. */
const unixTimestamp = rule([0, 1], ({ args: [value], compilation }) => {
  if (!value) return typed("my_unix_now()", types.INT);
  const scale = unixScale(value, compilation);
  const sql = `my_unix_timestamp(${asDatetime(value, compilation)}, ${compilation.around.zoneMinutes})`;
  return scale === 0 ? typed(`CAST(${sql} AS INTEGER)`, types.INT) : typed(sql, types.decimal(scale));
});

function unixScale({ type, literal }: Typed, compilation: Compilation): number {
  if (type.kind === "datetime") return type.scale;
  if (type.kind === "date" || type.kind === "int") return 0;
  if (!literal) return 6;
  compilation.pin(literal);
  return Math.min(6, /\.(\d*)/.exec(literal.text)?.[1]?.length ?? 0);
}

const fromUnixtime = rule([1, 2], ({ args: [seconds = nullOf(), format], compilation }) => {
  const sql = `my_from_unixtime(${seconds.type.kind === "decimal" || seconds.type.kind === "int" ? seconds.sql : asDouble(seconds, compilation)}, ${compilation.around.zoneMinutes})`;
  if (format) return typed(`my_date_format(${sql}, ${format.sql})`, types.text());
  const scale =
    seconds.type.kind === "int" ? 0 : seconds.type.kind === "decimal" ? Math.min(6, seconds.type.scale) : 6;
  return typed(sql, types.datetime(scale));
});

const difference = rule([2, 2], ({ call, args: [from = nullOf(), to = nullOf()], compilation }) =>
  typed(
    `my_difference('${call.unit}', ${asDatetime(from, compilation)}, ${asDatetime(to, compilation)})`,
    types.INT,
  ),
);

const timestampAdd = rule([2, 2], ({ call, args: [amount = nullOf(), at = nullOf()], compilation }) =>
  typed(
    `my_date_add(${asDatetime(at, compilation)}, ${asDouble(amount, compilation)}, '${call.unit}', 1)`,
    types.datetime(at.type.scale),
  ),
);

const toDate = rule([1, 1], (context) => cast(first(context), { name: "date" }, context.compilation));
const toTime = rule([1, 1], (context) => {
  const value = first(context);
  const scale = value.type.kind === "datetime" || value.type.kind === "time" ? value.type.scale : 6;
  return typed(asTime(value), types.time(value.type.kind === "date" ? 0 : scale));
});
const toDatetime = rule([1, 1], (context) => {
  const value = first(context);
  return typed(
    asDatetime(value, context.compilation),
    types.datetime(value.type.kind === "text" ? 6 : value.type.scale),
  );
});

const lastDay = rule([1, 1], (context) =>
  typed(`my_last_day(${asDatetime(first(context), context.compilation)})`, types.DATE),
);

const strToDate = rule([2, 2], ({ args: [text = nullOf(), format = nullOf()], compilation }) => {
  if (!format.literal) throw notSupported("STR_TO_DATE with a computed format");
  compilation.pin(format.literal);
  const shape = format.literal.text;
  const sql = `my_str_to_date(${text.sql}, ${format.sql})`;
  if (!/%[HkisSfT]/.test(shape)) return typed(`substr(${sql}, 1, 10)`, types.DATE);
  if (!/%[Yymcde]/.test(shape)) throw notSupported("STR_TO_DATE of a time alone");
  return typed(sql, types.datetime(shape.includes("%f") ? 6 : 0));
});

/** SCN_TO_TIMESTAMP: the SCN's nanoseconds cut to microseconds, in the session's zone (v4-views.json, functions). */
const scnToTimestamp = rule([1, 1], (context) =>
  typed(
    `my_from_scn(${asInteger(first(context), context.compilation)}, ${context.compilation.around.zoneMinutes})`,
    types.datetime(6),
  ),
);
const timestampToScn = rule([1, 1], (context) =>
  typed(
    `my_to_scn(${asDatetime(first(context), context.compilation)}, ${context.compilation.around.zoneMinutes})`,
    types.UNSIGNED,
  ),
);
const usecToTime = rule([1, 1], (context) =>
  typed(
    `my_from_scn(${asInteger(first(context), context.compilation)} * 1000, ${context.compilation.around.zoneMinutes})`,
    {
      ...types.datetime(6),
      wire: "timestamp",
    },
  ),
);
const timeToUsec = rule([1, 1], (context) =>
  typed(
    `my_to_scn(${asDatetime(first(context), context.compilation)}, ${context.compilation.around.zoneMinutes}) / 1000`,
    types.INT,
  ),
);

const timediff = rule([2, 2], ({ args: [a = nullOf(), b = nullOf()] }) => {
  const [left, right] = [a, b].map((value) =>
    value.type.kind === "datetime" ? `my_micros(${value.sql})` : asTime(value),
  );
  if ((a.type.kind === "datetime") !== (b.type.kind === "datetime"))
    throw notSupported("TIMEDIFF of different types");
  return typed(`(${left} - ${right})`, types.time(Math.max(a.type.scale, b.type.scale)));
});

const dayOfMonth = part("DAY");

export const DATE_FUNCTIONS: Rules = {
  NOW: clock("my_now"),
  SYSDATE: clock("my_sysdate"),
  CURRENT_TIMESTAMP: clock("my_now"),
  LOCALTIME: clock("my_now"),
  LOCALTIMESTAMP: clock("my_now"),
  UTC_TIMESTAMP: clock("my_utc_now"),
  CURDATE: rule([0, 0], () => typed("substr(my_now(0), 1, 10)", types.DATE)),
  CURRENT_DATE: rule([0, 0], () => typed("substr(my_now(0), 1, 10)", types.DATE)),
  UTC_DATE: rule([0, 0], () => typed("substr(my_utc_now(0), 1, 10)", types.DATE)),
  CURTIME: rule([0, 1], (context) => {
    const scale = digits(context);
    return typed(`my_time(my_now(${scale}))`, types.time(scale));
  }),
  UNIX_TIMESTAMP: unixTimestamp,
  FROM_UNIXTIME: fromUnixtime,
  DATE: toDate,
  TIME: toTime,
  TIMESTAMP: toDatetime,
  YEAR: part("YEAR"),
  QUARTER: part("QUARTER"),
  MONTH: part("MONTH"),
  DAY: dayOfMonth,
  DAYOFMONTH: dayOfMonth,
  HOUR: clockPart("HOUR"),
  MINUTE: clockPart("MINUTE"),
  SECOND: clockPart("SECOND"),
  MICROSECOND: clockPart("MICROSECOND"),
  TIME_TO_SEC: clockPart("TIME_TO_SEC"),
  DAYOFWEEK: part("DAYOFWEEK"),
  WEEKDAY: part("WEEKDAY"),
  DAYOFYEAR: part("DAYOFYEAR"),
  TO_DAYS: part("TO_DAYS"),
  TO_SECONDS: part("TO_SECONDS"),
  WEEK: direct("my_week", { takes: "xi", least: 1, gives: types.INT }),
  WEEKOFYEAR: rule([1, 1], (context) =>
    typed(`my_week(${asDatetime(first(context), context.compilation)}, 3)`, types.INT),
  ),
  YEARWEEK: direct("my_yearweek", { takes: "xi", least: 1, gives: types.INT }),
  LAST_DAY: lastDay,
  DAYNAME: direct("my_dayname", { takes: "x", gives: types.text(9) }),
  MONTHNAME: direct("my_monthname", { takes: "x", gives: types.text(9) }),
  DATEDIFF: direct("my_datediff", { takes: "xx", gives: types.INT }),
  TIMEDIFF: timediff,
  TIMESTAMPDIFF: difference,
  TIMESTAMPADD: timestampAdd,
  DATE_FORMAT: direct("my_date_format", { takes: "xt", gives: types.text() }),
  STR_TO_DATE: strToDate,
  SEC_TO_TIME: rule([1, 1], (context) =>
    typed(`(${asInteger(first(context), context.compilation)} * 1000000)`, types.time(0)),
  ),
  FROM_DAYS: direct("my_from_days", { takes: "i", gives: types.DATE }),
  CONVERT_TZ: direct("my_convert_tz", {
    takes: "xtt",
    gives: (args) => types.datetime(args[0]?.type.scale ?? 0),
  }),
  SCN_TO_TIMESTAMP: scnToTimestamp,
  TIMESTAMP_TO_SCN: timestampToScn,
  USEC_TO_TIME: usecToTime,
  TIME_TO_USEC: timeToUsec,
};
