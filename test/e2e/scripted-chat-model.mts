import type { AddressInfo } from 'node:net';
import express from 'express';

/** A tool, as the model is told of it. */
export interface OfferedTool {
	name: string;
	description: string;
	/** A JSON schema. */
	parameters: {
		properties: Record<string, { type: string; description?: string }>;
		required?: string[];
	};
}

/** What n8n asks the model in one request. */
export interface Question {
	tools: OfferedTool[];
	/** What the tools answered so far in this conversation, oldest first, as n8n words it for the model. */
	toolOutputs: string[];
}

/** What the model answers: it calls a tool, or it says something and is done. */
export type Reply = { call: string; with: Record<string, unknown> } | { say: string };

/** One request's worth of a script: what the model replies to what it knows by then. */
export type Turn = (toolOutputs: string[]) => Reply;

/** A stand-in for a chat model: it knows no language, and replies what a script says. */
export interface ScriptedChatModel {
	/** What goes into an OpenAI credential as the base URL. */
	baseUrl: string;
	/** Sets what the next requests are replied, and forgets the ones before. */
	play(script: Turn[]): void;
	/** What was asked since then, oldest first. */
	questions: readonly Question[];
	close(): Promise<void>;
}

interface ChatCompletionRequest {
	stream?: boolean;
	tools?: { function: OfferedTool }[];
	messages: { role: string; content: unknown }[];
}

function asQuestion({ tools = [], messages }: ChatCompletionRequest): Question {
	return {
		tools: tools.map((tool) => tool.function),
		toolOutputs: messages
			.filter(({ role }) => role === 'tool')
			.map(({ content }) => String(content)),
	};
}

function asCompletion(number: number, reply: Reply): Record<string, unknown> {
	const isCall = 'call' in reply;
	const toolCalls = isCall
		? [
				{
					id: `call-${number}`,
					type: 'function',
					function: { name: reply.call, arguments: JSON.stringify(reply.with) },
				},
			]
		: undefined;
	const message = { role: 'assistant', content: isCall ? null : reply.say, tool_calls: toolCalls };
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
 * Starts a stand-in for a chat model on 127.0.0.1. It speaks OpenAI's chat completions as one JSON answer; what
 * is asked otherwise, or once more than the script foresees, is refused in words that n8n shows.
 */
export async function startScriptedChatModel(): Promise<ScriptedChatModel> {
	let script: Turn[] = [];
	const questions: Question[] = [];
	const app = express();
	app.use(express.json({ limit: '10mb' }));
	app.post('/v1/chat/completions', (request, response) => {
		const asked = request.body as ChatCompletionRequest;
		const question = asQuestion(asked);
		questions.push(question);
		const turn = script[questions.length - 1];
		if (asked.stream === true || turn === undefined) {
			const message =
				turn === undefined
					? 'The script has no further turn.'
					: 'The scripted model does not stream.';
			response.status(400).json({ error: { message, type: 'invalid_request_error' } });
			return;
		}
		response.json(asCompletion(questions.length, turn(question.toolOutputs)));
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
			questions.length = 0;
		},
		questions,
		close: () =>
			new Promise((resolve) => {
				server.close(() => {
					resolve();
				});
				server.closeAllConnections();
			}),
	};
}
