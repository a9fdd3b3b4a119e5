import * as v from 'valibot';
import { ChannelError } from '../../protocol/channel.ts';
import type { Answer, Prompt } from '../../protocol/inference.ts';
import { indexSchema } from '../../protocol/schemas.ts';
import { jsonOf } from './jsonAnswer.ts';
import type { Ask } from './oipServer.ts';
import { PassingError } from './retry.ts';
import type { ServerAnswer } from './serverRequest.ts';

/** Which of OpenAI's two ways is asked: messages, or plain text to go on with. */
export type OpenaiApi = 'chat' | 'completions';

const modelsSchema = v.looseObject({ data: v.array(v.looseObject({ id: v.string() })) });
const usageSchema = v.nullish(
  v.looseObject({ prompt_tokens: v.nullish(indexSchema), completion_tokens: v.nullish(indexSchema) }),
);
const probability = v.pipe(v.number(), v.maxValue(0));
const choiceSchema = v.looseObject({
  finish_reason: v.nullish(v.string()),
  text: v.nullish(v.string()),
  message: v.nullish(v.looseObject({ content: v.nullish(v.string()) })),
  logprobs: v.nullish(
    v.looseObject({
      token_logprobs: v.nullish(v.array(v.nullable(probability))),
      content: v.nullish(v.array(v.looseObject({ logprob: probability }))),
    }),
  ),
});
const answerSchema = v.looseObject({ choices: v.pipe(v.array(choiceSchema), v.minLength(1)), usage: usageSchema });

/** Makes sure that a server has the model. Rejects with ChannelError, which names those that it has. */
export async function describeOpenai(ask: Ask, model: string, origin: string): Promise<void> {
  let answer: ServerAnswer;
  try {
    answer = await ask('/v1/models', { method: 'GET' });
  } catch (error) {
    // Not every server lists its models; then the first prompt shows.
    if (error instanceof ChannelError && error.reason === 'serverRefused') return;
    throw error;
  }
  const { data } = parsed(modelsSchema, answer, `${origin}/v1/models`);
  if (data.length === 0 || data.some(({ id }) => id === model)) return;
  const names = data.slice(0, 20).map(({ id }) => id);
  throw new ChannelError(
    'serverUnfit',
    `${origin} has no model “${model}” but ${names.join(', ')}. Name one of those.`,
  );
}

/** Asks for the answer to one prompt, once: the likeliest one, always the same where the server can. */
export async function completeOpenai(
  ask: Ask,
  { model, api, origin }: { readonly model: string; readonly api: OpenaiApi; readonly origin: string },
  prompt: Prompt,
): Promise<Answer> {
  const common = { model, temperature: 0, seed: 1, max_tokens: prompt.maxTokens, stream: false };
  const body =
    api === 'chat'
      ? { ...common, messages: [{ role: 'user', content: prompt.text }], logprobs: true }
      : { ...common, prompt: prompt.text, logprobs: 1 };
  const path = api === 'chat' ? '/v1/chat/completions' : '/v1/completions';
  const answer = await ask(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const { choices, usage } = parsed(answerSchema, answer, `${origin}${path}`);
  const [choice] = choices;
  const text = choice?.message?.content ?? choice?.text;
  if (choice === undefined || typeof text !== 'string')
    throw new PassingError(`${origin}${path} answers without a text`);
  const logs = choice.logprobs?.content?.map(({ logprob }) => logprob) ?? choice.logprobs?.token_logprobs ?? [];
  return {
    text: text.trim(),
    // Without one, nothing is known of how sure the model is.
    logProbability: logs.reduce<number>((sum, log) => sum + (log ?? 0), 0),
    choices: null,
    finished: choice.finish_reason !== 'length',
    promptPieces: usage?.prompt_tokens ?? 0,
    generatedPieces: usage?.completion_tokens ?? logs.length,
  };
}

function parsed<Schema extends v.GenericSchema>(
  schema: Schema,
  answer: ServerAnswer,
  address: string,
): v.InferOutput<Schema> {
  return jsonOf(
    schema,
    answer,
    address,
    (fault) => new PassingError(`${address} answers otherwise than OpenAI's API (${fault})`),
  );
}
