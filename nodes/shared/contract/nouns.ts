/** A kind of object with an ID, in the words that users see. */
export interface Noun {
	/** As in "TransactionLink has no case with this ID". */
	one: string;
	/** The label of its field. */
	label: string;
	/** An explanation for users who see the word for the first time. */
	meaning: string;
	/** Where the ID is found, without a full stop. */
	whereToFind: string;
	/** An example of an ID, different for each kind. */
	example: string;
	/** Where a workflow continues with the ID, if its request may have succeeded. */
	whereToUse?: string;
}

/**
 * The nouns, by the name of the field that contains the ID. The panel, the message for a 404 and the list of created
 * IDs in an error use them.
 */
export const nouns = {
	attachmentId: {
		one: 'attachment',
		label: 'Attachment ID',
		meaning: 'One of the files that are attached to the record',
		whereToFind: 'The ID in the output of Attachment → Get Many',
		example: 'a77ac4ed-3c5d-4a57-9a53-2f6f3f1f4b11',
	},
	caseId: {
		one: 'case',
		label: 'Case ID',
		meaning: 'The case of a person or a company',
		whereToFind: 'The field "caseId" in the output of Case → Create',
		whereToUse: 'Workflow → Run',
		example: 'ca5e1b9e-3c5d-4a57-9a53-2f6f3f1f4b11',
	},
	parametersId: {
		one: 'parameter set',
		label: 'Parameter Set ID',
		meaning: 'Parameters that were saved before',
		whereToFind: 'The field "parametersId" in the output of Parameter Set → Create',
		example: '5e7f0a2b-3c5d-4a57-9a53-2f6f3f1f4b11',
	},
	recordId: {
		one: 'record',
		label: 'Record ID',
		meaning: 'The record of a table',
		whereToFind: 'The ID in the output of Record → Create',
		example: '4ec04d1e-3c5d-4a57-9a53-2f6f3f1f4b11',
	},
	resourceId: {
		one: 'file',
		label: 'Resource ID',
		meaning: 'A file that was uploaded with File → Upload',
		whereToFind: 'The field "resourceId" in the output of File → Upload',
		example: 'f11e04d3-3c5d-4a57-9a53-2f6f3f1f4b11',
	},
	tableId: {
		one: 'table',
		label: 'Table ID',
		meaning: 'The table in TransactionLink that holds the record',
		whereToFind: 'The ID, not the name, in the TransactionLink dashboard',
		example: '7ab1e0c9-3c5d-4a57-9a53-2f6f3f1f4b11',
	},
	workflowDefinitionId: {
		one: 'workflow definition',
		label: 'Workflow Definition ID',
		meaning: 'The workflow as it was set up in TransactionLink',
		whereToFind: 'The ID, not the name, in the TransactionLink dashboard',
		example: 'def1a2b3-3c5d-4a57-9a53-2f6f3f1f4b11',
	},
	workflowId: {
		one: 'run',
		label: 'Run ID',
		meaning: 'One run of a workflow definition',
		whereToFind:
			'The field "workflowId" in the output of Workflow → Run, Start Execution or the trigger',
		whereToUse: 'Workflow → Wait for Completion',
		example: '54ce1f0a-3c5d-4a57-9a53-2f6f3f1f4b11',
	},
} satisfies Record<string, Noun>;

/** The name of a field that contains an ID. */
export type IdName = keyof typeof nouns;
