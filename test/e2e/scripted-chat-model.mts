import type { AddressInfo } from 'node:net';
import express from 'express';

/** A tool in a request to the model. */
export interface OfferedTool {
	name: string;
	description: string;
	/** A JSON schema. */
	parameters: {
		properties: Record<string, { type: string; description?: string }>;
		required?: string[];
	};
}

/** One request of n8n to the model. */
export interface ModelRequest {
	tools: OfferedTool[];
	/** The outputs of the tools in this conversation, oldest first, as n8n sends them to the model. */
	toolOutputs: string[];
}

/** The model's response: a call of a tool, or the final text. */
export type Reply = { tool: string; arguments: Record<string, unknown> } | { text: string };

/** One step of a script: the response to a request, which can depend on the outputs of the tools so far. */
export type Turn = (toolOutputs: string[]) => Reply;

/** A stand-in for a chat model that responds with the turns of a script. */
export interface ScriptedChatModel {
	/** The base URL for an OpenAI credential. */
	baseUrl: string;
	/** Starts a script and clears `requests`. */
	play(script: Turn[]): void;
	/** The requests since then, oldest first. */
	requests: readonly ModelRequest[];
	close(): Promise<void>;
}

interface ChatCompletionRequest {
	stream?: boolean;
	tools?: { function: OfferedTool }[];
	messages: { role: string; content: unknown }[];
}

function toModelRequest({ tools = [], messages }: ChatCompletionRequest): ModelRequest {
	return {
		tools: tools.map((tool) => tool.function),
		toolOutputs: messages
			.filter(({ role }) => role === 'tool')
			.map(({ content }) => String(content)),
	};
}

function toCompletion(number: number, reply: Reply): Record<string, unknown> {
	const isCall = 'tool' in reply;
	const toolCalls = isCall
		? [
				{
					id: `call-${number}`,
					type: 'function',
					function: { name: reply.tool, arguments: JSON.stringify(reply.arguments) },
				},
			]
		: undefined;
	const message = { role: 'assistant', content: isCall ? null : reply.text, tool_calls: toolCalls };
	return {
		id: `completion-${number}`,
		object: 'chat.completion',
		created: 0,
		model: 'scripted',
		choices: [{ index: 0, message, finish_reason: isCall ? 'tool_calls' : 'stop' }],
		usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	};
}

/**
 * Starts a stand-in for a chat model on 127.0.0.1. It implements OpenAI's chat completions without streaming. A request
 * to stream, or one after the last turn of the script, gets a 400 with a message that n8n shows.
 */
export async function startScriptedChatModel(): Promise<ScriptedChatModel> {
	let script: Turn[] = [];
	const requests: ModelRequest[] = [];
	const app = express();
	app.use(express.json({ limit: '10mb' }));
	app.post('/v1/chat/completions', (request, response) => {
		const body = request.body as ChatCompletionRequest;
		const modelRequest = toModelRequest(body);
		requests.push(modelRequest);
		const turn = script[requests.length - 1];
		if (body.stream === true || turn === undefined) {
			const message =
				turn === undefined
					? 'The script has no further turn.'
					: 'The scripted model does not stream.';
			response.status(400).json({ error: { message, type: 'invalid_request_error' } });
			return;
		}
		response.json(toCompletion(requests.length, turn(modelRequest.toolOutputs)));
	});
	const server = app.listen(0, '127.0.0.1');
	await new Promise((resolve, reject) => {
		server.once('listening', resolve);
		server.once('error', reject);
	});
	const { port } = server.address() as AddressInfo;
	return {
		baseUrl: `http://127.0.0.1:${port}/v1`,
		play(next) {
			script = next;
			requests.length = 0;
		},
		requests,
		close: () =>
			new Promise((resolve) => {
				server.close(() => {
					resolve();
				});
				server.closeAllConnections();
			}),
	};
}
