import type { IExecuteFunctions } from 'n8n-workflow';

/** Findings about items that did not stop any of them. */
export class Notes {
	/** The items of each finding, by their index in the input. */
	private readonly findings = new Map<string, Set<number>>();

	/** @param finding as a sentence without its full stop, and without values */
	add(finding: string, index: number): void {
		const items = this.findings.get(finding) ?? new Set();
		this.findings.set(finding, items.add(index));
	}

	/** Shows all findings in one execution hint. @param total how many items the input has */
	show(context: IExecuteFunctions, total: number): void {
		if (this.findings.size === 0) return;
		const sentences = [...this.findings].map(([finding, { size }]) =>
			total === 1 ? finding : `${finding} for ${size} of ${total} items`,
		);
		context.addExecutionHints({ message: `${sentences.join('. ')}.`, location: 'outputPane' });
	}
}
