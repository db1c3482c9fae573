export class Call {}
