import { notFound, redirect } from "next/navigation";
import { readFailure } from "../features/errors/app-failure.ts";

/**
 * Reads for a page: what does not exist is the not-found page, what needs an account leads to sign-in and back; anything
 * else goes to the error page.
 */
export async function readFor<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const { category } = readFailure(error);
    if (category === "NOT_FOUND" || category === "BAD_REQUEST") notFound();
    if (category === "UNAUTHORIZED") redirect(`/sign-in?next=${encodeURIComponent(path)}`);
    if (category === "FORBIDDEN") redirect("/sign-in?why=staff");
    throw error;
  }
}
