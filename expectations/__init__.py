"""Gates (质量门): what must hold for a batch of rows before it may go on."""
