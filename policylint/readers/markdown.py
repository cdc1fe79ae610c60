from policylint.readers import plain

read = plain.read
