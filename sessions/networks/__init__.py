"""Networks: what each of them needs to be read from and posted to, one folder a network."""
