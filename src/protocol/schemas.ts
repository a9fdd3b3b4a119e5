import * as v from 'valibot';

/** A count or an index: an integer from 0. */
export const indexSchema = v.pipe(v.number(), v.integer(), v.minValue(0));

/** A span as core defines it. */
export const spanSchema = v.pipe(
  v.object({ first: indexSchema, end: indexSchema, label: v.pipe(v.string(), v.minLength(1)) }),
  v.check((span) => span.first < span.end, 'a span holds at least one token'),
);

/** A layer as core defines it: sorted, without overlaps. */
export const layerSchema = v.pipe(
  v.array(spanSchema),
  v.check(
    (spans) => spans.every((span, index) => index === 0 || (spans[index - 1]?.end ?? 0) <= span.first),
    'spans must be sorted and apart',
  ),
);

export const schemeSchema = v.picklist(['full', 'simplified']);
export const policySchema = v.picklist(['repair', 'strict']);
export const modelSourceSchema = v.picklist(['bert', 't5']);
export const sourceSchema = v.picklist(['gold', 'bert', 't5']);

/** A ratio from 0 to 1, or null where it is 0/0. */
export const ratioSchema = v.nullable(v.number());
