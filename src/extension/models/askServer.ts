import path from 'node:path';
import * as vscode from 'vscode';
import type { ModelSource } from '../../core/span.ts';
import { hubToken } from '../../node/hub/hubRequest.ts';
import { serverOrigin } from '../../node/serving/serverRequest.ts';
import type { ChoiceSetting } from '../prediction/modelSettings.ts';
import type { HubTokens } from '../prediction/hubTokens.ts';
import { titleOf } from './askModel.ts';

/** Asks for a model on a server: its address, its name there, the tokenizer of a classifier, and a token, which goes into the secret storage. */
export async function askServer(source: ModelSource, tokens: HubTokens): Promise<ChoiceSetting | undefined> {
  const ask = (options: vscode.InputBoxOptions): Thenable<string | undefined> =>
    vscode.window.showInputBox({ title: titleOf(source), ignoreFocusOut: true, ...options });
  const server = await ask({
    prompt:
      source === 'bert'
        ? 'The address of a server that speaks the Open Inference Protocol v2 (Triton, KServe, MLServer, Ray Serve). Nothing is sent before you agree.'
        : "The address of a server that speaks OpenAI's API (vLLM, TGI, llama.cpp, Ollama). Nothing is sent before you agree.",
    placeHolder: 'https://host:8000',
    validateInput: (value) => {
      const origin = serverOrigin(value.trim(), false);
      return 'problem' in origin ? origin.problem : undefined;
    },
  });
  if (server === undefined) return undefined;
  const model = await ask({
    prompt: `What is the model called at ${server}?`,
    validateInput: (value) => (value.trim() === '' ? 'A model has a name.' : undefined),
  });
  if (model === undefined) return undefined;
  const tokenizer =
    source === 'bert'
      ? await ask({
          prompt:
            'The folder with the config.json and the tokenizer of that model, or the id of a downloaded hub model; empty for those of the bundled model.',
          validateInput: (value) =>
            value.trim() === '' || path.isAbsolute(value.trim()) || value.includes('/')
              ? undefined
              : 'A folder begins with / or a drive; a hub model is owner/name.',
        })
      : '';
  if (tokenizer === undefined) return undefined;
  const text = await ask({
    prompt: `A token for ${server}, where it wants one. It is kept in VS Code's secret storage and sent to that server alone. Empty for none, or for the one that is kept.`,
    password: true,
    validateInput: (value) =>
      value.trim() === '' || hubToken(server, value) !== undefined
        ? undefined
        : 'A token has letters, digits and signs without blanks between them.',
  });
  if (text === undefined) return undefined;
  const token = text.trim() === '' ? undefined : hubToken(server, text);
  if (token !== undefined) await tokens.keep(token);
  return {
    model: model.trim(),
    server: server.trim(),
    protocol: source === 'bert' ? 'oip' : 'openai',
    ...(tokenizer.trim() === '' ? {} : { tokenizer: tokenizer.trim() }),
  };
}
