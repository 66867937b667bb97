/* Where on the site one is: addresses keep the `site` of the page they stand on. */
import { useCallback } from "react";
import { useSearchParams } from "react-router";

export const useSite = () => useSearchParams()[0].get("site") ?? "";

/** A function (path, params) → address of another page of the same site. */
export const useAddress = () => {
  const site = useSite();
  return useCallback(
    (path, params = {}) => {
      const given = Object.entries({ site, ...params }).filter(([, value]) => (value ?? "") !== "");
      const query = new URLSearchParams(given).toString();
      return query ? `${path}?${query}` : path;
    },
    [site],
  );
};
